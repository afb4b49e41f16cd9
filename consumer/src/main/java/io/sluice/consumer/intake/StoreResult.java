package io.sluice.consumer.intake;

/**
 * The database's answer to a batch: it is stored, something in it is rejected, or it cannot be stored together,
 * possibly for a reason outside of its events.
 */
sealed interface StoreResult permits Outcome, Rejection, StoreFailure {}
