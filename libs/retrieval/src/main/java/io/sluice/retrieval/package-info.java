/** Ranking of passages; nothing here is about requests or jobs. */
@NullMarked
package io.sluice.retrieval;

import org.jspecify.annotations.NullMarked;
