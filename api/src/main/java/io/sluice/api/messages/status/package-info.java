/** What has become of an event, for whoever has sent it. */
@NullMarked
package io.sluice.api.messages.status;

import org.jspecify.annotations.NullMarked;
