/** The language model that answers are asked of, as the settings name it. */
@NullMarked
package io.sluice.api.llm;

import org.jspecify.annotations.NullMarked;
