/** The feature: tasks of one's own, as rows that their owner alone sees and changes. */
@NullMarked
package io.sluice.api.tasks;

import org.jspecify.annotations.NullMarked;
