/** Paths and methods that there are, and their metrics. */
@NullMarked
package io.sluice.api.http.endpoints;

import org.jspecify.annotations.NullMarked;
