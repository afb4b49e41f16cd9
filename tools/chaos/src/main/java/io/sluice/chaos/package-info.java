/**
 * Verifies the promise: starts the platform, injects one fault after the other while clients post, and checks that each
 * acknowledged event is stored once. Started by {@code ./run chaos}.
 */
@NullMarked
package io.sluice.chaos;

import org.jspecify.annotations.NullMarked;
