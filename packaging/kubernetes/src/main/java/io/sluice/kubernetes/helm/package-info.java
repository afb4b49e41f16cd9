/** Assembly of Helm's chart from kustomize's resources, with expressions of Helm where a release or a value decides. */
@NullMarked
package io.sluice.kubernetes.helm;

import org.jspecify.annotations.NullMarked;
