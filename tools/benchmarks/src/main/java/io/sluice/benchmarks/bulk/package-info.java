/** Posts of many events in one request, and the tool of Kafka that they are compared with. */
@NullMarked
package io.sluice.benchmarks.bulk;

import org.jspecify.annotations.NullMarked;
