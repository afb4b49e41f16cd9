package io.sluice.api.storage;

import io.sluice.api.http.headers.EntityTag;
import io.sluice.api.http.headers.RangeHeader;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.RequestPlaces;
import io.sluice.storage.ByteRange;
import io.sluice.storage.StorageException;
import io.sluice.storage.StorageFailure;
import io.sluice.storage.StoredObject;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers with bytes of storage: with all of them, with a range, or with 304 if the client has them. */
@Singleton
public class Downloads {

    /** Clients that are being answered; each has a file open, or a connection to S3. */
    private static final int AT_ONCE = 64;

    /** Policy of bytes that no browser is to show, should one do so all the same: no script of theirs runs, and none in our origin. */
    private static final String SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private final ObjectStorage storage;
    private final StorageCalls calls;
    private final RequestPlaces places = new RequestPlaces(AT_ONCE);

    Downloads(ObjectStorage storage, StorageCalls calls) {
        this.storage = storage;
        this.calls = calls;
    }

    /**
     * Bytes to send.
     *
     * @param mediaType of the bytes, sent as it is
     * @param disposition header {@code Content-Disposition}, or {@code null} for bytes that a browser may show
     */
    public record Content(StoredObject object, String mediaType, @Nullable String disposition) {}

    /**
     * Sends it.
     *
     * @param find finds it, and blocks
     * @param known what the client has, by {@code If-None-Match}
     * @param ifDatabaseUnavailable as of {@link StorageCalls#call}
     * @param ifLost the same
     * @return fails with {@link ProblemCode#OVERLOADED} where {@value #AT_ONCE} others are being answered, or as finding does
     */
    public Uni<Response> send(
            RoutingContext context,
            EntityTag.Condition known,
            Supplier<Content> find,
            String ifDatabaseUnavailable,
            String ifLost) {
        Place place = new Place();
        if (!places.take(context, place::leave)) {
            throw ProblemException.of(
                    ProblemCode.OVERLOADED, "So many files are being sent that no more can; send the request again.");
        }
        MultiMap headers = context.request().headers();
        return calls.call(() -> answer(find, headers, known, place), ifDatabaseUnavailable, ifLost)
                .invoke(answer -> {
                    if (answer.getHeaders().containsKey(HttpHeaders.CONTENT_DISPOSITION)) {
                        context.response().headers().set("content-security-policy", SANDBOX);
                    }
                    if (answer.hasEntity()) {
                        // The framework says UTF-8 of each text, which bytes of a user need not be.
                        String mediaType = answer.getMediaType().toString();
                        context.addHeadersEndHandler(
                                unused -> context.response().headers().set(HttpHeaders.CONTENT_TYPE, mediaType));
                    }
                });
    }

    private Response answer(Supplier<Content> find, MultiMap headers, EntityTag.Condition known, Place place)
            throws IOException {
        Content content = find.get();
        try {
            return answer(content, headers, known, place);
        } catch (StorageException e) {
            if (e.failure() != StorageFailure.MISSING) {
                throw e;
            }
            // Deleted since it was found, or replaced.
            Content current = find.get();
            if (current.object().key().equals(content.object().key())) {
                throw e;
            }
            return answer(current, headers, known, place);
        }
    }

    private Response answer(Content content, MultiMap headers, EntityTag.Condition known, Place place)
            throws IOException {
        StoredObject object = content.object();
        EntityTag tag = new EntityTag(HexFormat.of().formatHex(object.sha256()));
        if (known.knows(tag)) {
            return Response.notModified()
                    .header(EntityTag.HEADER, tag.toString())
                    .build();
        }
        Optional<RangeHeader.Bytes> range = RangeHeader.of(headers, tag).map(header -> header.within(object.size()));
        StoredBytes bytes = range.isPresent()
                ? open(object, range.get())
                : new StoredBytes(calls, storage.open().open(object), object.size());
        place.hold(bytes);
        Response.ResponseBuilder response = Response.ok();
        if (content.disposition() != null) {
            response.header(HttpHeaders.CONTENT_DISPOSITION, content.disposition());
        }
        range.ifPresent(part -> response.status(Response.Status.PARTIAL_CONTENT)
                .header("Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), object.size())));
        return response.entity(bytes)
                .type(content.mediaType())
                .header(EntityTag.HEADER, tag.toString())
                .header("Accept-Ranges", "bytes")
                .header("Content-Length", range.map(RangeHeader.Bytes::length).orElse(object.size()))
                .build();
    }

    private StoredBytes open(StoredObject object, RangeHeader.Bytes part) throws IOException {
        ByteRange range = new ByteRange(part.first(), part.length());
        return new StoredBytes(calls, storage.open().open(object, range), part.length());
    }

    /** A place among those that are being answered, and the bytes that are sent there. */
    private static final class Place {

        private @Nullable StoredBytes bytes;
        private boolean left;

        synchronized void hold(StoredBytes opened) throws IOException {
            if (left) {
                opened.close();
            } else {
                bytes = opened;
            }
        }

        /** The answer is over, or its client is gone. */
        synchronized void leave() {
            left = true;
            try {
                if (bytes != null) {
                    bytes.close();
                }
            } catch (IOException e) {
                // Nothing is read any more.
            }
        }
    }
}
