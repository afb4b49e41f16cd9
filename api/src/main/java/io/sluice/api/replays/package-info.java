/** Replays: stored events sent to the topic once more. They are ordered here, and the consumer works on them. */
@NullMarked
package io.sluice.api.replays;

import org.jspecify.annotations.NullMarked;
