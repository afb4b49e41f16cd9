/** Search for passages of documents by a question. */
@NullMarked
package io.sluice.api.search;

import org.jspecify.annotations.NullMarked;
