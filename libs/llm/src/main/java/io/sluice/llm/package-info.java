/** Language models behind one interface; nothing here is about documents, sessions or requests to the api. */
@NullMarked
package io.sluice.llm;

import org.jspecify.annotations.NullMarked;
