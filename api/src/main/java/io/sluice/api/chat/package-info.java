/** Chat: questions that are answered from the documents, with their sources. */
@NullMarked
package io.sluice.api.chat;

import org.jspecify.annotations.NullMarked;
