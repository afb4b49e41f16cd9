/** Answers to questions: from the search for passages to the last check of what was quoted. */
@NullMarked
package io.sluice.api.chat.answers;

import org.jspecify.annotations.NullMarked;
