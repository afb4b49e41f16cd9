/**
 * Storage of bytes that are too large for a row of the database: images, and what is made of them. Each object lies under a key that
 * is used once, and is streamed in and out.
 */
@NullMarked
package io.sluice.storage;

import org.jspecify.annotations.NullMarked;
