/** Puts together what {@code kubectl apply -k} takes. */
@NullMarked
package io.sluice.kubernetes;

import org.jspecify.annotations.NullMarked;
