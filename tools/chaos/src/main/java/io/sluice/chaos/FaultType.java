package io.sluice.chaos;

import java.util.Arrays;
import java.util.List;

/** A way to break something. */
enum FaultType {
    /** SIGKILL, and a start after a while. */
    KILL("kill -9"),
    /** A program loses the network that its events leave it by, so that it holds what it cannot pass on, and is killed then. */
    KILL_CUT_OFF("kill -9 while cut off"),
    /** A program is slowed down on the network that its events leave it by, and killed in the middle of its work. */
    KILL_SLOWED("kill -9 while slowed"),
    /** SIGSTOP, and SIGCONT after a while: what others take for dead, and is not. */
    PAUSE("SIGSTOP"),
    /** An orderly stop, and a start after a while. */
    RESTART("restart"),
    /** Connections are reset, and new ones are refused. */
    CUT("cut"),
    /** Connections are slow, and are reset again and again. */
    FLAP("flap"),
    /** Connections stay, and nothing is passed on. */
    STALL("stall"),
    /** Connections that are there pass nothing on; new ones work. */
    HALF_OPEN("half-open"),
    /** All is passed on late. */
    DELAY("delay");

    private final String label;

    FaultType(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean appliesTo(Target target) {
        return switch (this) {
            case KILL, PAUSE, RESTART -> !target.isLink();
            case KILL_CUT_OFF, KILL_SLOWED -> target.isProgram();
            case CUT, FLAP, STALL, HALF_OPEN, DELAY -> target.isLink();
        };
    }

    /** All faults of this kind that there are. */
    List<Target> targets() {
        return Arrays.stream(Target.values()).filter(this::appliesTo).toList();
    }
}
