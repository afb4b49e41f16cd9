/** Problem documents (RFC 9457): codes, violations, and what makes documents of exceptions. */
@NullMarked
package io.sluice.api.http.problems;

import org.jspecify.annotations.NullMarked;
