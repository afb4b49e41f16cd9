/** Bodies of requests. */
@NullMarked
package io.sluice.api.http.body;

import org.jspecify.annotations.NullMarked;
