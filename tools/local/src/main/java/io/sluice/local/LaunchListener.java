package io.sluice.local;

/** Is told of every process as it is launched, before it is waited for. */
@FunctionalInterface
interface LaunchListener {
    LaunchListener UNRECORDED = (name, process) -> {};

    void launched(String name, ProcessHandle process);
}
