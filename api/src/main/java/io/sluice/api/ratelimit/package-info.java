/** The rate of requests that one caller may send. */
@NullMarked
package io.sluice.api.ratelimit;

import org.jspecify.annotations.NullMarked;
