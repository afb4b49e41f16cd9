/** Connections to PostgreSQL. */
@NullMarked
package io.sluice.runtime.database;

import org.jspecify.annotations.NullMarked;
