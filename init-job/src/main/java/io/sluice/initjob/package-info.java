/** Provisioning as a command: arguments and environment in, a plan and an exit code out. */
@NullMarked
package io.sluice.initjob;

import org.jspecify.annotations.NullMarked;
