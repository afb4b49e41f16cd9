package io.sluice.storage;

import static io.sluice.testkit.Await.await;

import io.sluice.local.FreePort;
import io.sluice.settings.Environment;
import io.sluice.settings.StorageSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/** A server that speaks S3's protocol, as a process on this machine, with one bucket. */
record S3Server(int port, Process process) implements AutoCloseable {

    static final String BUCKET = "photos";
    static final String KEY = "test";
    static final String SECRET = "secret-of-test";

    /** s3proxy, which comes as Maven artifacts. */
    static S3Server s3proxy(Path folder) throws IOException {
        int port = FreePort.find();
        Path objects = Files.createDirectories(folder.resolve("s3proxy"));
        Path settings = Files.writeString(
                folder.resolve("s3proxy.properties"),
                """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """
                        .formatted(port, KEY, SECRET, objects));
        return start(
                port,
                folder,
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-DLOG_LEVEL=WARN",
                        "-cp",
                        Path.of("target", "s3proxy").toAbsolutePath() + "/*",
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString()));
    }

    /** Versity's gateway, which this machine may have. */
    static S3Server versitygw(Path executable, Path folder) throws IOException {
        int port = FreePort.find();
        Path objects = Files.createDirectories(folder.resolve("versitygw"));
        return start(
                port,
                folder,
                List.of(
                        executable.toString(),
                        "--access",
                        KEY,
                        "--secret",
                        SECRET,
                        "--port",
                        "127.0.0.1:" + port,
                        "posix",
                        "--sidecar",
                        Files.createDirectories(folder.resolve("sidecar")).toString(),
                        objects.toString()));
    }

    private static S3Server start(int port, Path folder, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3.log").toFile())
                .start();
        S3Server server = new S3Server(port, process);
        await().ignoreExceptions().until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
        try (S3Client client = S3Clients.of(server.settings(Map.of()))) {
            client.createBucket(bucket -> bucket.bucket(BUCKET));
        }
        return server;
    }

    /** Settings for the bucket, with some that differ. */
    StorageSettings settings(Map<String, String> others) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "STORAGE_URL",
                "s3://" + BUCKET + "/installation",
                "S3_ENDPOINT",
                "http://127.0.0.1:" + port,
                "S3_ACCESS_KEY_ID",
                KEY,
                "S3_SECRET_ACCESS_KEY",
                SECRET));
        settings.putAll(others);
        return Environment.read(settings::get, StorageSettings::new);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
