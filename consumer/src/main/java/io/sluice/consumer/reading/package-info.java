/** How the connector reads a topic: how much at a time, from where on, and how far it has come. */
@NullMarked
package io.sluice.consumer.reading;

import org.jspecify.annotations.NullMarked;
