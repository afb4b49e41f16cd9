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
 * The JVM of the base image, unpacked on this machine. A cache holds for the very JVM that has recorded it: whatever JDK builds,
 * this is the one that the programs will run on.
 *
 * @param java its launcher
 */
record BaseJvm(Path java) {
    /** The first that records a cache in one go (<a href="https://openjdk.org/jeps/514">JEP 514</a>). */
    private static final int OLDEST = 25;

    /**
     * What programs with a cache run with. A method that the cache has a profile of is compiled when it has been called 2^9 times, and by
     * the optimizing compiler after 2^16, in place of 2^7 and 2^11; the third is for loops. What a program does at its start alone stays
     * below that, which saves a quarter of the start's CPU time; what it does for each request comes above it within minutes.
     */
    static final List<String> HIGH_COMPILE_THRESHOLDS = List.of(
            "-XX:Tier0InvokeNotifyFreqLog=9", "-XX:Tier2InvokeNotifyFreqLog=16", "-XX:Tier2BackedgeNotifyFreqLog=19");

    private static final Pattern VERSION = Pattern.compile("version \"(\\d+)");

    /**
     * Takes it out of the base.
     *
     * @param folder where to unpack it, in place of an earlier one
     * @throws NoAotCacheException if there is none that this machine can run
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

    /** Runs it: a JVM for another C library than this machine's says nothing else. */
    private void require(int oldest) throws NoAotCacheException {
        Matcher version = VERSION.matcher(says(List.of()));
        if (!version.find()) {
            throw new NoAotCacheException("the base's JVM does not run on this machine");
        }
        if (Integer.parseInt(version.group(1)) < oldest) {
            throw new NoAotCacheException(
                    "the base has Java %s, and caches take %d".formatted(version.group(1), oldest));
        }
        if (!VERSION.matcher(says(HIGH_COMPILE_THRESHOLDS)).find()) {
            throw new NoAotCacheException("the base's JVM does not know " + String.join(" ", HIGH_COMPILE_THRESHOLDS));
        }
    }

    /** What it says of its version if it is started with these options. */
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
