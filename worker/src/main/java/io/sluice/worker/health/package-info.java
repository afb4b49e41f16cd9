/** Health checks: liveness and readiness, with the reason if one is down. */
@NullMarked
package io.sluice.worker.health;

import org.jspecify.annotations.NullMarked;
