/** Tasks: keeps the history of each from its events. */
@NullMarked
package io.sluice.consumer.tasks;

import org.jspecify.annotations.NullMarked;
