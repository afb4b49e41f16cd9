/** What providers of language models are sent and what they answer; nothing here is about connections or time. */
@NullMarked
package io.sluice.llm.protocol;

import org.jspecify.annotations.NullMarked;
