/** The feature: find what could not be stored, see why, send it again or put it away. */
@NullMarked
package io.sluice.api.deadletters;

import org.jspecify.annotations.NullMarked;
