/** Jobs: which one is due, what becomes of it, and what is done about workers that die. Features bring handlers, in packages of their own. */
@NullMarked
package io.sluice.worker.jobs;

import org.jspecify.annotations.NullMarked;
