/** Texts as vectors, and the vectors nearest to another; nothing here is about requests, rows or documents. */
@NullMarked
package io.sluice.embedding;

import org.jspecify.annotations.NullMarked;
