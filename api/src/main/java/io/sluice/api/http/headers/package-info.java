/** Headers by which a client says under which condition, and how, a request is to be carried out. */
@NullMarked
package io.sluice.api.http.headers;

import org.jspecify.annotations.NullMarked;
