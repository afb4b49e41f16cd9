package io.sluice.chaos;

import java.util.Arrays;
import java.util.List;

/** Types of faults. */
enum FaultType {
    /** SIGKILL, and a start after a delay. */
    KILL("kill -9"),
    /** A program loses its outgoing network, so that it holds events that it cannot forward, and is killed then. */
    KILL_CUT_OFF("kill -9 while cut off"),
    /** A program is slowed down on its outgoing network, and killed in the middle of its work. */
    KILL_SLOWED("kill -9 while slowed"),
    /** SIGSTOP, and SIGCONT after a delay: the process seems dead to others, and is not. */
    PAUSE("SIGSTOP"),
    /** An orderly stop, and a start after a delay. */
    RESTART("restart"),
    /** Connections are reset, and new ones are refused. */
    CUT("cut"),
    /** Connections are slow, and are reset repeatedly. */
    FLAP("flap"),
    /** Connections stay, and nothing is forwarded. */
    STALL("stall"),
    /** Existing connections forward nothing; new ones work. */
    HALF_OPEN("half-open"),
    /** All data is forwarded late. */
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

    /** All targets of this type. */
    List<Target> targets() {
        return Arrays.stream(Target.values()).filter(this::appliesTo).toList();
    }
}
