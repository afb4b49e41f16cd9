/** Test of a deployed api, which the chart runs in a pod. */
@NullMarked
package io.sluice.api.smoketest;

import org.jspecify.annotations.NullMarked;
