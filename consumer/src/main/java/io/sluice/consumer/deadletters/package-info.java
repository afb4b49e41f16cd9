/** Dead letters: published to their topic, decoded from it into their tables, and resolved when their events are stored. */
@NullMarked
package io.sluice.consumer.deadletters;

import org.jspecify.annotations.NullMarked;
