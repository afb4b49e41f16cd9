/** Lists of the events that are stored. */
@NullMarked
package io.sluice.api.messages.list;

import org.jspecify.annotations.NullMarked;
