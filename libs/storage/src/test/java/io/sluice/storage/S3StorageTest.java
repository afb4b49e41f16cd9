package io.sluice.storage;

import java.io.IOException;
import java.nio.file.Path;

class S3StorageTest extends S3Contract {

    @Override
    S3Server startServer(Path folder) throws IOException {
        return S3Server.s3proxy(folder);
    }
}
