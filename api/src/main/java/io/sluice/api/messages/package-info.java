/** The feature: post an event, read it, list what is stored. */
@NullMarked
package io.sluice.api.messages;

import org.jspecify.annotations.NullMarked;
