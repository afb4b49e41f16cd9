package io.sluice.local;

/** Notified of every launched process, before it is waited for. */
@FunctionalInterface
interface LaunchListener {
    LaunchListener UNRECORDED = (name, process) -> {};

    void launched(String name, ProcessHandle process);
}
