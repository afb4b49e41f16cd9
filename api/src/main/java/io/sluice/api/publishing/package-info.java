/** The way out to Kafka. */
@NullMarked
package io.sluice.api.publishing;

import org.jspecify.annotations.NullMarked;
