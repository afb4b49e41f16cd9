/** What cannot be stored is kept here, with the reason. */
@NullMarked
package io.sluice.consumer.deadletters;

import org.jspecify.annotations.NullMarked;
