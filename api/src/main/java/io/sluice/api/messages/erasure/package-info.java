/** The events of a key erased from the database. */
@NullMarked
package io.sluice.api.messages.erasure;

import org.jspecify.annotations.NullMarked;
