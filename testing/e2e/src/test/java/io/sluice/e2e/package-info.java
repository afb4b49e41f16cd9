/** The packaged programs together, as a user runs them. */
@NullMarked
package io.sluice.e2e;

import org.jspecify.annotations.NullMarked;
