/** The outbox, as every program writes it that changes rows of features. */
@NullMarked
package io.sluice.runtime.outbox;

import org.jspecify.annotations.NullMarked;
