/** Parts of retries: how long to wait, and what to say of a failure. */
@NullMarked
package io.sluice.runtime.retry;

import org.jspecify.annotations.NullMarked;
