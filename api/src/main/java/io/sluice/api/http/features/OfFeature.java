package io.sluice.api.http.features;

import io.sluice.settings.Feature;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Feature that a resource belongs to: while it is disabled, the resource is not there. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OfFeature {

    /** The feature. */
    Feature value();
}
