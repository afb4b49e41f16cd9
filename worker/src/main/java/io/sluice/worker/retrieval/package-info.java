/** Ranking of passages for the api: by their words in PostgreSQL, and by their vectors in memory. */
@NullMarked
package io.sluice.worker.retrieval;

import org.jspecify.annotations.NullMarked;
