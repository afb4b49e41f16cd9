/** Shows the topic {@code dead-letters} as a table. It writes to no topic. */
@NullMarked
package io.sluice.consumer.projection;

import org.jspecify.annotations.NullMarked;
