/** The table of all events. */
@NullMarked
package io.sluice.consumer.messages;

import org.jspecify.annotations.NullMarked;
