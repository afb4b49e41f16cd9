/** Documents: what the worker reads in them, and where that stands. */
@NullMarked
package io.sluice.worker.documents;

import org.jspecify.annotations.NullMarked;
