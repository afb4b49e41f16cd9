package io.sluice.embedding;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Native library of ONNX Runtime, which has to be a file to be loaded. ONNX Runtime would leave its 21 MB in {@code java.io.tmpdir} until the
 * JVM ends, and for good where it is killed, so that a few kills would fill what a pod may write there; here they are gone as soon as they are
 * loaded.
 */
final class NativeLibrary {

    /** System property: the folder that ONNX Runtime takes its files from. */
    private static final String FOLDER = "onnxruntime.native.path";

    /** Library of C++ that it is linked with, which the smallest images do not have. */
    private static final String CPP = "libstdc++.so.6";

    private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

    private static @Nullable OrtEnvironment loaded;

    private NativeLibrary() {}

    /**
     * Loads the library, once for a JVM.
     *
     * @throws UnusableModelException if it cannot be written to {@code java.io.tmpdir}, or cannot be loaded
     */
    static synchronized OrtEnvironment load() throws UnusableModelException {
        if (loaded == null) {
            loaded = System.getProperty(FOLDER) == null ? unpackAndLoad() : environment();
        }
        return loaded;
    }

    private static OrtEnvironment unpackAndLoad() throws UnusableModelException {
        Path folder = temporaryFolder();
        try {
            for (String name : NAMES) {
                unpack(System.mapLibraryName(name), folder);
            }
            System.setProperty(FOLDER, folder.toString());
            return environment();
        } finally {
            System.clearProperty(FOLDER);
            delete(folder);
        }
    }

    private static Path temporaryFolder() throws UnusableModelException {
        try {
            return Files.createTempDirectory("sluice-onnxruntime");
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    private static UnusableModelException notWritable(IOException e) {
        return new UnusableModelException(
                "ONNX Runtime's library, of 21 MB, cannot be written to %s"
                        .formatted(System.getProperty("java.io.tmpdir")),
                e);
    }

    private static OrtEnvironment environment() throws UnusableModelException {
        try {
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "sluice");
        } catch (IllegalStateException | LinkageError e) {
            throw new UnusableModelException("ONNX Runtime's library cannot be loaded: " + remedy(e), e);
        }
    }

    /** Remedy for a failure to load it, for people. */
    static String remedy(Throwable failure) {
        boolean lacksCpp = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            lacksCpp |= String.valueOf(cause.getMessage()).contains(CPP);
        }
        return lacksCpp
                ? "%s is missing here, which comes in the package libstdc++6 of Debian and Ubuntu, or libstdc++ of Red Hat"
                        .formatted(CPP)
                : "it needs glibc, and %s has to allow that files are executed"
                        .formatted(System.getProperty("java.io.tmpdir"));
    }

    private static void unpack(String file, Path folder) throws UnusableModelException {
        String resource = "/ai/onnxruntime/native/%s/%s".formatted(platform(), file);
        try (InputStream content = OrtEnvironment.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new UnusableModelException("there is no ONNX Runtime for %s here".formatted(platform()));
            }
            Files.copy(content, folder.resolve(file));
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    /** Name that ONNX Runtime has for operating system and processor. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        return "%s-%s"
                .formatted(
                        system.startsWith("mac") ? "osx" : system,
                        processor.equals("amd64") || processor.equals("x86_64") ? "x64" : processor);
    }

    /** Files that are loaded stay as long as the JVM needs them, wherever their names are. */
    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
