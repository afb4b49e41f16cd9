package io.sluice.consumer.intake;

/**
 * What the database says to some events: it has done with them, it refuses something among them, or they cannot be stored together,
 * for a reason that may be none of theirs.
 */
sealed interface StoreResult permits Outcome, Rejection, StoreFailure {}
