/** Health checks: liveness, readiness, and {@code /health}. */
@NullMarked
package io.sluice.api.health;

import org.jspecify.annotations.NullMarked;
