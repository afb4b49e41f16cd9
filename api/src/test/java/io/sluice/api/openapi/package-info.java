/** The OpenAPI document, held against the program. */
@NullMarked
package io.sluice.api.openapi;

import org.jspecify.annotations.NullMarked;
