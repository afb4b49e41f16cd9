/** Storage as jobs use it, and what is deleted there. */
@NullMarked
package io.sluice.worker.storage;

import org.jspecify.annotations.NullMarked;
