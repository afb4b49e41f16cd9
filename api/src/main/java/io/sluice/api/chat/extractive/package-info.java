/** Answers without a model: sentences of documents, word for word. */
@NullMarked
package io.sluice.api.chat.extractive;

import org.jspecify.annotations.NullMarked;
