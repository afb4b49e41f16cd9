/**
 * The proof of the promise: starts the platform, breaks one thing of it after the other while clients go on posting, and checks
 * afterwards that each event that was acknowledged is there once. What {@code ./run chaos} starts.
 */
@NullMarked
package io.sluice.chaos;

import org.jspecify.annotations.NullMarked;
