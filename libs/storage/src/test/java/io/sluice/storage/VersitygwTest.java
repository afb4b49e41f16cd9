package io.sluice.storage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The same against another server, where the machine has it in its PATH:
 * {@code go install github.com/versity/versitygw/cmd/versitygw@v1.8.0}.
 */
class VersitygwTest extends S3Contract {

    @Override
    S3Server startServer(Path folder) throws IOException {
        Optional<Path> executable = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(path -> new File(path, "versitygw"))
                .filter(File::canExecute)
                .map(File::toPath)
                .findFirst();
        assumeTrue(executable.isPresent(), "there is no versitygw here");
        return S3Server.versitygw(executable.orElseThrow(), folder);
    }
}
