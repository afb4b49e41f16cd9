/** A handler of jobs that does what a test says, for the packaged worker. */
@NullMarked
package io.sluice.testworker;

import org.jspecify.annotations.NullMarked;
