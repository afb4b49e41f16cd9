/** Circles in images. What is decoded here has been checked for its size before; nothing here is about requests, rows or files. */
@NullMarked
package io.sluice.imaging;

import org.jspecify.annotations.NullMarked;
