/** The stages that a request passes, in their order. */
@NullMarked
package io.sluice.api.http.pipeline;

import org.jspecify.annotations.NullMarked;
