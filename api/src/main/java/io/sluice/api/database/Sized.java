package io.sluice.api.database;

/**
 * Something that is read, and says how long it is, so that its response keeps no more memory than that reserved. Others keep as much as a
 * full page takes.
 */
public interface Sized {

    /** Length of the payload in bytes; all else is bounded by 64 KiB. */
    int payloadBytes();
}
