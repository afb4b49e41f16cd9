/** What the broker says of the topics. */
@NullMarked
package io.sluice.consumer.topics;

import org.jspecify.annotations.NullMarked;
