package io.sluice.storage;

/** Kinds of failure of storage, as far as they call for different remedies. */
public enum StorageFailure {
    /** No space or quota is left. Nothing was stored. */
    FULL,
    /** The volume is mounted read-only. Nothing was stored. */
    READ_ONLY,
    /** User or keys of the program lack the right. */
    ACCESS_DENIED,
    /** Storage does not answer, or reports a fault of its own; the same call may succeed later. */
    UNAVAILABLE,
    /** No object has the key. */
    MISSING,
    /** The bytes are not those that were written. */
    CHANGED,
    /** The key is used already, and its object stays as it is. */
    KEY_IN_USE
}
