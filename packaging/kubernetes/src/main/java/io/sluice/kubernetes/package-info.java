/** Assembly of {@code target/kubernetes}, which {@code kubectl apply -k} takes, and of the chart. */
@NullMarked
package io.sluice.kubernetes;

import org.jspecify.annotations.NullMarked;
