/**
 * Kafka, PostgreSQL and Sluice's programs as processes of one machine: what {@code ./run} starts, and what tests start
 * their servers with. Knows the programs only as packaged files.
 */
@NullMarked
package io.sluice.local;

import org.jspecify.annotations.NullMarked;
