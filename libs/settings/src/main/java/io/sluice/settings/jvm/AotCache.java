package io.sluice.settings.jvm;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Use of the AOT cache that the image of this process brings (<a href="https://openjdk.org/jeps/483">JEP 483</a>). A JVM leaves out,
 * and by default says nothing about, a cache that was recorded by another JVM or for other files: the program starts all the same, and
 * takes three times as long.
 */
public enum AotCache {
    /** The JVM has it in its memory. */
    IN_USE("in-use"),
    /** One was given, and the JVM has left it out; {@code -Xlog:aot} says why. Told as well where there is no {@code /proc}. */
    NOT_USABLE("not-usable"),
    /** None was given, or the JVM is older than 25 and knows none. */
    NONE("none");

    private static final Path MEMORY = Path.of("/proc/self/maps");

    private final String state;

    AotCache(String state) {
        this.state = state;
    }

    /** {@return what logs call it} */
    public String state() {
        return state;
    }

    /** {@return that of this process; it never changes} */
    public static AotCache ofThisProcess() {
        String file = given();
        if (file.isEmpty()) {
            return NONE;
        }
        return isMapped(file) ? IN_USE : NOT_USABLE;
    }

    private static String given() {
        try {
            return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption("AOTCache")
                    .getValue();
        } catch (IllegalArgumentException unknownToThisJvm) {
            return "";
        }
    }

    /** A cache that does not fit is not mapped, or not any more: no option of the JVM tells. */
    private static boolean isMapped(String file) {
        try (Stream<String> lines = Files.lines(MEMORY)) {
            String path = Path.of(file).toRealPath().toString();
            return lines.anyMatch(line -> line.endsWith(path));
        } catch (IOException e) {
            return false;
        }
    }
}
