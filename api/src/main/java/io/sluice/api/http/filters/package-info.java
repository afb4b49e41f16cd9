/** Handlers of the router that every request passes. */
@NullMarked
package io.sluice.api.http.filters;

import org.jspecify.annotations.NullMarked;
