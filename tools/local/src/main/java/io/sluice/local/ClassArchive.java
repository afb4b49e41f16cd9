package io.sluice.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes of a program as its JVM had them in memory, for the next one to begin with: it starts with half the work. A JVM takes no
 * archive but its own, and none of other jars; it goes on without one then (application class-data sharing, JEP 310 and JEP 350).
 */
public final class ClassArchive {
    /** It tells what it leaves out, and why it takes no archive. */
    private static final String SILENT = "-Xlog:cds*=off,class+path=off";

    /**
     * A JVM that is told to write an archive does not start without one of the JDK's own classes, or with an agent, which these variables
     * may bring.
     */
    private static final boolean CAN_BE_WRITTEN =
            Files.exists(Path.of(System.getProperty("java.home"), "lib/server/classes.jsa"))
                    && Stream.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS").allMatch(name -> System.getenv(name) == null);

    private final Path file;
    private final Path jars;

    /**
     * The archive of a program.
     *
     * @param folder the folder that it is in
     * @param jars what is newer than the archive when the program is another one: a jar, or the folder of all of them
     */
    ClassArchive(Path folder, Path jars) {
        this.file = folder.resolve("classes-" + System.getProperty("java.vm.version") + ".jsa")
                .toAbsolutePath();
        this.jars = jars;
    }

    /**
     * The archive of one of Sluice's programs.
     *
     * @param project the folder that holds the modules with the packaged programs
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

    /** Options for a JVM that begins with the archive, or else writes it when it ends, if it can, which takes a second or two. */
    List<String> optionsOfWriter() {
        return isWritten() || !CAN_BE_WRITTEN ? options() : List.of("-XX:ArchiveClassesAtExit=" + file, SILENT);
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
