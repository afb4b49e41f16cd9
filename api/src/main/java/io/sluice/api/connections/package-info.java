/** Limits of connections: how many there are, and for how long one may be of no use. */
@NullMarked
package io.sluice.api.connections;

import org.jspecify.annotations.NullMarked;
