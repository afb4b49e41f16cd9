/** The fate of an event, for its sender. */
@NullMarked
package io.sluice.api.messages.status;

import org.jspecify.annotations.NullMarked;
