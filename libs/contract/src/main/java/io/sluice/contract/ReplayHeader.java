package io.sluice.contract;

/** The header that the record of an event has in addition when a replay has sent it. */
public final class ReplayHeader {

    /** Name of the header whose value is the id of the replay, in lower case. */
    public static final String ID = "sluice_replay_id";

    private ReplayHeader() {}
}
