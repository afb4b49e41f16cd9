/** Posts of one event: what a client sends, and how it is published once. */
@NullMarked
package io.sluice.api.messages.post;

import org.jspecify.annotations.NullMarked;
