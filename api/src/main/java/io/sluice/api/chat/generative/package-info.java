/** Answers that a language model writes from passages: what it is given, and what of its text is believed. */
@NullMarked
package io.sluice.api.chat.generative;

import org.jspecify.annotations.NullMarked;
