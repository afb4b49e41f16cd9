/** The platform in the cluster of kubectl's current context. Not part of a build: {@code e2e/cluster/run} makes the images and runs it. */
@NullMarked
package io.sluice.e2e.cluster;

import org.jspecify.annotations.NullMarked;
