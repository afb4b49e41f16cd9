/**
 * For tests: Kafka and PostgreSQL as {@code ./run} starts them, prepared by provisioning, and what tests write and read
 * there.
 */
@NullMarked
package io.sluice.testkit;

import org.jspecify.annotations.NullMarked;
