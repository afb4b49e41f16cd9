/** Sessions of the chat that expire. */
@NullMarked
package io.sluice.worker.chat;

import org.jspecify.annotations.NullMarked;
