/** Events in the forms of CloudEvents. */
@NullMarked
package io.sluice.api.messages.cloudevents;

import org.jspecify.annotations.NullMarked;
