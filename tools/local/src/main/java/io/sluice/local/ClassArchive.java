package io.sluice.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Archive of a program's loaded classes, with which its next start takes half the work (application class-data sharing,
 * JEP 310 and JEP 350). A JVM uses an archive only of the same JVM and the same jars, and otherwise runs without one.
 */
public final class ClassArchive {
    /** Silence: the JVM would log what it omits, and why it does not use an archive. */
    private static final String SILENT = "-Xlog:cds*=off,class+path=off";

    /**
     * A JVM that writes an archive needs the JDK's own archive, and does not start with an agent, which these variables
     * may add.
     */
    private static final boolean CAN_BE_WRITTEN =
            Files.exists(Path.of(System.getProperty("java.home"), "lib/server/classes.jsa"))
                    && Stream.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS").allMatch(name -> System.getenv(name) == null);

    private final Path file;
    private final Path jars;

    /**
     * The archive of a program.
     *
     * @param folder of the archive
     * @param jars newer than the archive if the program was rebuilt: a jar, or the folder of all jars
     */
    ClassArchive(Path folder, Path jars) {
        this.file = folder.resolve("classes-" + System.getProperty("java.vm.version") + ".jsa")
                .toAbsolutePath();
        this.jars = jars;
    }

    /**
     * The archive of one of Sluice's programs.
     *
     * @param project folder of the modules with the packaged programs
     * @param module the program's module, as a path within the project
     */
    public static ClassArchive of(Path project, String module) {
        Path target = project.resolve(module).resolve("target");
        return new ClassArchive(target, target.resolve("quarkus-app/quarkus-run.jar"));
    }

    /** {@return options for a JVM that begins with the archive, if there is one} */
    public List<String> options() {
        return isWritten() ? List.of("-XX:SharedArchiveFile=" + file, SILENT) : List.of();
    }

    /** Options of a JVM that uses the archive, or else writes it at its end if it can, which takes a second or two. */
    public List<String> optionsOfWriter() {
        return isToBeWritten() ? List.of("-XX:ArchiveClassesAtExit=" + file, SILENT) : options();
    }

    /** True if a JVM that starts with {@link #optionsOfWriter()} now writes the archive at its end. */
    public boolean isToBeWritten() {
        return CAN_BE_WRITTEN && !isWritten();
    }

    Path file() {
        return file;
    }

    private boolean isWritten() {
        try (InputStream bytes = Files.newInputStream(file)) {
            // The header is written last.
            return bytes.read() > 0 && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jars)) > 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
