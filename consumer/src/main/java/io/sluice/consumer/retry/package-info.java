/** Retries with exponential backoff, and the pauses they cause, for metrics and health. */
@NullMarked
package io.sluice.consumer.retry;

import org.jspecify.annotations.NullMarked;
