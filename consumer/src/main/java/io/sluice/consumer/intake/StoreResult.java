package io.sluice.consumer.intake;

/** What the database says to some events: it has done with them, or it refuses something among them. */
sealed interface StoreResult permits Outcome, Refusal {}
