/** Redis, which makes things quicker and is never needed: whoever calls it goes on without its answer. */
@NullMarked
package io.sluice.api.redis;

import org.jspecify.annotations.NullMarked;
