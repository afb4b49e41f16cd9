/** Conversations: what was asked before, and what a question leaves to it. */
@NullMarked
package io.sluice.api.chat.sessions;

import org.jspecify.annotations.NullMarked;
