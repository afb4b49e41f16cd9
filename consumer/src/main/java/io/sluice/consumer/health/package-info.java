/** Health checks: liveness and readiness, with the reason if one is down. */
@NullMarked
package io.sluice.consumer.health;

import org.jspecify.annotations.NullMarked;
