/** The embedding model that the settings name. */
@NullMarked
package io.sluice.worker.embedding;

import org.jspecify.annotations.NullMarked;
