/** Topics: where they begin and end, and how far the consumer has read them. */
@NullMarked
package io.sluice.api.topics;

import org.jspecify.annotations.NullMarked;
