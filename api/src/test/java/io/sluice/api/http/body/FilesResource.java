package io.sluice.api.http.body;

import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.zip.CRC32;

/** A resource that takes files, and tells their length and checksum. */
@Path("/test/files")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed("tasks")
public class FilesResource {

    static final int MAX_BYTES = 3_000_000;
    static final int SMALL_BYTES = 1_000;

    private final FileBodies bodies;

    FilesResource(FileBodies bodies) {
        this.bodies = bodies;
    }

    /** Receives one. */
    @POST
    public Uni<String> post(@Context HttpServerRequest request) {
        return receive(request, MAX_BYTES);
    }

    /** Receives a small one, which is not waited for for long. */
    @POST
    @Path("small")
    public Uni<String> postSmall(@Context HttpServerRequest request) {
        return receive(request, SMALL_BYTES);
    }

    private Uni<String> receive(HttpServerRequest request, int maxBytes) {
        return bodies.receive(request, maxBytes, file -> Uni.createFrom()
                .item(() -> tell(file.path()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
    }

    private static String tell(java.nio.file.Path file) {
        try {
            CRC32 checksum = new CRC32();
            byte[] bytes = Files.readAllBytes(file);
            checksum.update(bytes);
            return "{\"bytes\":%d,\"crc\":%d}".formatted(bytes.length, checksum.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
