/** Answers that are sent as they come: server-sent events. */
@NullMarked
package io.sluice.api.http.stream;

import org.jspecify.annotations.NullMarked;
