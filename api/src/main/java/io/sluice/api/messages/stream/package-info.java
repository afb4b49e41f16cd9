/** The live stream: events as they come to the topic, as server-sent events. */
@NullMarked
package io.sluice.api.messages.stream;

import org.jspecify.annotations.NullMarked;
