package io.sluice.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The machine of the measurement. */
final class Machine {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private Machine() {}

    static Map<String, String> describe() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processor", processor());
        machine.put("cores", Integer.toString(system.getAvailableProcessors()));
        machine.put("memory", (system.getTotalMemorySize() >> 20) + " MiB");
        machine.put("system", "%s %s, %s".formatted(system.getName(), system.getVersion(), system.getArch()));
        machine.put(
                "JDK", "%s, %s".formatted(System.getProperty("java.vm.version"), System.getProperty("java.vm.vendor")));
        return machine;
    }

    private static String processor() {
        if (!Files.exists(CPUS)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(CPUS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
