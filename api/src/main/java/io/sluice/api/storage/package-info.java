/** Bytes that are too large for a row: uploads, downloads, and the storage that has them. */
@NullMarked
package io.sluice.api.storage;

import org.jspecify.annotations.NullMarked;
