package io.sluice.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;

/**
 * The JVM of the base image, extracted to this machine. An AOT cache is valid only for the JVM that recorded it, so the
 * programs' own JVM records it, not the JDK of the build.
 *
 * @param java its launcher
 */
record BaseJvm(Path java) {
    /** The first version that records a cache in one step (<a href="https://openjdk.org/jeps/514">JEP 514</a>). */
    private static final int OLDEST = 25;

    /**
     * Thresholds of compilation for programs with a cache. A method that has a profile in the cache is compiled after
     * 2^9 calls, and by the optimizing compiler after 2^16, in place of 2^7 and 2^11; the third option is for loops.
     * Code that runs only at start stays below these, which saves a quarter of the start's CPU time; code that runs for
     * each request exceeds them within minutes.
     */
    static final List<String> HIGH_COMPILE_THRESHOLDS = List.of(
            "-XX:Tier0InvokeNotifyFreqLog=9", "-XX:Tier2InvokeNotifyFreqLog=16", "-XX:Tier2BackedgeNotifyFreqLog=19");

    /**
     * Initial heap of programs with a cache. The serial collector loads the objects of the cache into the old generation, six megabytes of
     * them, and a JVM that has no room for them there ends: by default a container of 512 MiB begins with five.
     */
    static final String INITIAL_HEAP = "-Xms32m";

    /**
     * Map the cache at the address that it was recorded for. By default the JVM moves it to a random one, which writes to a third of its pages: 45 MiB
     * that each process has for itself, in place of pages of the file, which all pods of a node share. Heap, stacks, compiled code and libraries stay
     * at random addresses. Where the address is taken, the JVM moves the cache all the same.
     */
    static final List<String> UNMOVED_CACHE = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

    private static final Pattern VERSION = Pattern.compile("version \"(\\d+)");

    /**
     * Extracts the JVM from the base image.
     *
     * @param folder where to extract it, in place of an earlier one
     * @throws NoAotCacheException if this machine cannot run the image's JVM
     */
    static BaseJvm unpack(BaseImage base, Path folder) throws IOException, NoAotCacheException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new NoAotCacheException("this machine runs no Linux");
        }
        if (!base.architecture().equals(Architecture.here())) {
            throw new NoAotCacheException(
                    "they are for linux/%s, and this machine is linux/%s; build them on one of those"
                            .formatted(base.architecture(), Architecture.here()));
        }
        Path home = folder.resolve("jvm");
        FileUtils.deleteDirectory(home.toFile());
        base.unpack(base.variable("JAVA_HOME"), home);
        BaseJvm jvm = new BaseJvm(home.resolve("bin/java"));
        jvm.require(OLDEST);
        return jvm;
    }

    /** Runs the JVM; one for another C library than this machine's does not start. */
    private void require(int oldest) throws NoAotCacheException {
        Matcher version = VERSION.matcher(says(List.of()));
        if (!version.find()) {
            throw new NoAotCacheException("the base's JVM does not run on this machine");
        }
        if (Integer.parseInt(version.group(1)) < oldest) {
            throw new NoAotCacheException(
                    "the base has Java %s, and caches take %d".formatted(version.group(1), oldest));
        }
        requireKnown(HIGH_COMPILE_THRESHOLDS);
        requireKnown(UNMOVED_CACHE);
    }

    private void requireKnown(List<String> options) throws NoAotCacheException {
        if (!VERSION.matcher(says(options)).find()) {
            throw new NoAotCacheException("the base's JVM does not know " + String.join(" ", options));
        }
    }

    /** The output of {@code java -version} with these options. */
    private String says(List<String> options) throws NoAotCacheException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options);
        command.add("-version");
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new NoAotCacheException("the base has no JVM that runs on this machine");
        }
    }
}
