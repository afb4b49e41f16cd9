/** Bodies of responses that are read while they are sent. */
@NullMarked
package io.sluice.api.http.response;

import org.jspecify.annotations.NullMarked;
