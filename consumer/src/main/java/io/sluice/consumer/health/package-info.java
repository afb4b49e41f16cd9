/** Whether the program is alive and ready, and if not, why. */
@NullMarked
package io.sluice.consumer.health;

import org.jspecify.annotations.NullMarked;
