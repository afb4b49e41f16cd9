package io.sluice.chaos;

import io.sluice.local.ManagedProcess;
import io.sluice.testkit.Suspension;
import io.sluice.testkit.TcpProxy;
import java.time.Duration;

/** Injects faults into an environment, and heals them. */
record FaultInjector(TestEnvironment environment) {

    private static final Duration FLAP_EVERY = Duration.ofSeconds(1);
    private static final Duration FLAP = Duration.ofMillis(100);

    /** Makes it likely that a reset hits data in flight. */
    private static final Duration FLAPPING_DELAY = Duration.ofMillis(10);

    private static final Duration DELAY = Duration.ofMillis(200);

    /** Injects a fault; returns when the target is back. */
    void inject(Fault fault) throws InterruptedException {
        if (fault.target().isLink()) {
            disturb(environment.link(fault.target()), fault);
        } else {
            hit(environment.part(fault.target()), fault);
        }
    }

    private void hit(ManagedProcess part, Fault fault) throws InterruptedException {
        switch (fault.type()) {
            case KILL -> {
                part.kill();
                sleep(fault.length());
                part.start();
            }
            case RESTART -> {
                part.stop();
                sleep(fault.length());
                part.start();
            }
            case PAUSE -> {
                Suspension suspension = new Suspension(part.process());
                suspension.begin();
                sleep(fault.length());
                suspension.end();
            }
            case KILL_CUT_OFF -> {
                outgoingLink(fault).cut();
                sleep(fault.length());
                part.kill();
                outgoingLink(fault).heal();
                part.start();
            }
            case KILL_SLOWED -> {
                outgoingLink(fault).delay(DELAY);
                sleep(fault.length());
                part.kill();
                outgoingLink(fault).heal();
                part.start();
            }
            default -> throw new IllegalArgumentException(fault.toString());
        }
    }

    private TcpProxy outgoingLink(Fault fault) {
        return environment.link(fault.target().outgoingLink());
    }

    private static void disturb(TcpProxy link, Fault fault) throws InterruptedException {
        switch (fault.type()) {
            case CUT -> link.cut();
            case STALL -> link.stall();
            case HALF_OPEN -> link.halfOpen();
            case DELAY -> link.delay(DELAY);
            case FLAP -> flap(link, fault.length());
            default -> throw new IllegalArgumentException(fault.toString());
        }
        if (fault.type() != FaultType.FLAP) {
            sleep(fault.length());
        }
        link.heal();
    }

    private static void flap(TcpProxy link, Duration length) throws InterruptedException {
        for (long millis = 0; millis < length.toMillis(); millis += FLAP_EVERY.toMillis()) {
            link.cut();
            sleep(FLAP);
            link.heal();
            link.delay(FLAPPING_DELAY);
            sleep(FLAP_EVERY.minus(FLAP));
        }
    }

    private static void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}
