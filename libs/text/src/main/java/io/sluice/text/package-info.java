/** Texts of documents: where their sentences end. */
@NullMarked
package io.sluice.text;

import org.jspecify.annotations.NullMarked;
