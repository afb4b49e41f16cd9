/** Test support: Kafka and PostgreSQL as {@code ./run} starts them, provisioned, and access to their content. */
@NullMarked
package io.sluice.testkit;

import org.jspecify.annotations.NullMarked;
