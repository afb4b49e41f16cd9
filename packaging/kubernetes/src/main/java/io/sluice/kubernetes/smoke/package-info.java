/** What the chart's test runs in a pod: one class, without any library. */
@NullMarked
package io.sluice.kubernetes.smoke;

import org.jspecify.annotations.NullMarked;
