/** Images that are decoded, searched for circles, and drawn; nothing here is about requests, rows or files. */
@NullMarked
package io.sluice.imaging;

import org.jspecify.annotations.NullMarked;
