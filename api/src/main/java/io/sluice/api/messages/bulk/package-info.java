/** Posts of many events: lines of a body of any length, or an array. */
@NullMarked
package io.sluice.api.messages.bulk;

import org.jspecify.annotations.NullMarked;
