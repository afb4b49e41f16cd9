/** Transactions, and what their failures mean. */
@NullMarked
package io.sluice.consumer.database;

import org.jspecify.annotations.NullMarked;
