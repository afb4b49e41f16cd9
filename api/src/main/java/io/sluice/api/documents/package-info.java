/** Documents of the caller, and those that others share. */
@NullMarked
package io.sluice.api.documents;

import org.jspecify.annotations.NullMarked;
