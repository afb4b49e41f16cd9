/** Pages for people: OpenAPI document, Swagger UI, problem types. */
@NullMarked
package io.sluice.api.http.docs;

import org.jspecify.annotations.NullMarked;
