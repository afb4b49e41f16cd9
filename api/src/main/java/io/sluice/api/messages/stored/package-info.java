/** Events that are stored: reads one, waits for it, and shows it as JSON. */
@NullMarked
package io.sluice.api.messages.stored;

import org.jspecify.annotations.NullMarked;
