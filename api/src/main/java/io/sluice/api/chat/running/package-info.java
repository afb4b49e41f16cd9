/** Answers that are under way, which are cancelled by their ids: in the replica that gives them, or by way of Redis in another one. */
@NullMarked
package io.sluice.api.chat.running;

import org.jspecify.annotations.NullMarked;
