package io.sluice.storage;

import java.time.Instant;

/**
 * Object that storage holds, whether a row names it or not.
 *
 * @param key where it is
 * @param size number of bytes
 * @param lastModified time at which it was written, by the clock of the storage
 */
public record ListedObject(StorageKey key, long size, Instant lastModified) {}
