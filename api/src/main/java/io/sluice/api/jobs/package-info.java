/** Jobs: work of seconds that is ordered together with the rows it is about, and that the worker does. */
@NullMarked
package io.sluice.api.jobs;

import org.jspecify.annotations.NullMarked;
