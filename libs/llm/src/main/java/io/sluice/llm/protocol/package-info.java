/** Requests to providers of language models, and their answers; nothing here is about connections or time. */
@NullMarked
package io.sluice.llm.protocol;

import org.jspecify.annotations.NullMarked;
