/** Replays: stored events sent to the topic once more, in the order in which they were stored. */
@NullMarked
package io.sluice.consumer.replays;

import org.jspecify.annotations.NullMarked;
