/** Queries about the topics. */
@NullMarked
package io.sluice.consumer.topics;

import org.jspecify.annotations.NullMarked;
