/** Transactions and the classification of their failures. */
@NullMarked
package io.sluice.consumer.database;

import org.jspecify.annotations.NullMarked;
