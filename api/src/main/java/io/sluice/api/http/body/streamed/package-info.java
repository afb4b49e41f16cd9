/** Bodies of requests that are worked on while they come. */
@NullMarked
package io.sluice.api.http.body.streamed;

import org.jspecify.annotations.NullMarked;
