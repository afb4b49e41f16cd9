/** Whether the program is alive, ready, and well. */
@NullMarked
package io.sluice.api.health;

import org.jspecify.annotations.NullMarked;
