/** Makes Helm's chart of what kustomize takes: the same resources, with expressions of Helm's where a release or a value decides. */
@NullMarked
package io.sluice.kubernetes.helm;

import org.jspecify.annotations.NullMarked;
