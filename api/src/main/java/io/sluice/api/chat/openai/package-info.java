/** Questions and answers in the form of OpenAI's API, for its clients. */
@NullMarked
package io.sluice.api.chat.openai;

import org.jspecify.annotations.NullMarked;
