/** Features of the api that a deployment may do without. */
@NullMarked
package io.sluice.api.http.features;

import org.jspecify.annotations.NullMarked;
