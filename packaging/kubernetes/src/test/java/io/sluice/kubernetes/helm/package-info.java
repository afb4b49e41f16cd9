@NullMarked
package io.sluice.kubernetes.helm;

import org.jspecify.annotations.NullMarked;
