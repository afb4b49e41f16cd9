package io.sluice.api.http.response;

import io.smallrye.mutiny.Uni;
import java.util.OptionalLong;

/** Body of a response that is read a chunk at a time while it is sent. For one thread at a time. */
public interface ResponseChunks {

    /** Number of bytes in all; empty where it is not known before they are read. */
    OptionalLong length();

    /** First chunk, which was read before the response begins; of no bytes if there is none yet. */
    byte[] first();

    /** True if there is nothing left to be read. */
    boolean isRead();

    /** Reads the next chunk, which may be of no bytes. */
    Uni<byte[]> next();
}
