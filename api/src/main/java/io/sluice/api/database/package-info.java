/** Calls to PostgreSQL, whatever they are for. */
@NullMarked
package io.sluice.api.database;

import org.jspecify.annotations.NullMarked;
