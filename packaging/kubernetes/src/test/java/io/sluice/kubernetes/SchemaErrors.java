package io.sluice.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Differences between resources and the types of Kubernetes' API: unknown fields, and fields of another type. */
final class SchemaErrors {

    private static final Map<String, Class<? extends HasMetadata>> TYPES = Stream.of(
                    ConfigMap.class,
                    CronJob.class,
                    Deployment.class,
                    HorizontalPodAutoscaler.class,
                    Ingress.class,
                    Job.class,
                    Namespace.class,
                    NetworkPolicy.class,
                    PersistentVolume.class,
                    PersistentVolumeClaim.class,
                    Pod.class,
                    PodDisruptionBudget.class,
                    Secret.class,
                    Service.class,
                    ServiceAccount.class,
                    StatefulSet.class)
            .collect(Collectors.toMap(SchemaErrors::type, Function.identity()));
    /** API groups of operators, gateways and Istio, which check their own resources. */
    private static final Set<String> OTHERS = Set.of(
            "gateway.networking.k8s.io",
            "monitoring.coreos.com",
            "keda.sh",
            "networking.istio.io",
            "security.istio.io");

    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new WithoutAnyOther())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private SchemaErrors() {}

    static List<String> of(Resources resources) {
        List<String> errors = new ArrayList<>();
        resources.all().forEach(resource -> error(resource).ifPresent(errors::add));
        return errors;
    }

    private static Optional<String> error(ObjectNode resource) {
        String version = resource.path("apiVersion").asText();
        String type = version + " " + resource.path("kind").asText();
        if (OTHERS.contains(version.split("/", -1)[0])) {
            return Optional.empty();
        }
        if (!TYPES.containsKey(type)) {
            return Optional.of("There is no type " + type + " here");
        }
        try {
            STRICT.treeToValue(resource, TYPES.get(type));
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(type + " " + resource.at("/metadata/name").asText() + ": " + e.getOriginalMessage());
        }
    }

    private static String type(Class<? extends HasMetadata> model) {
        return HasMetadata.getApiVersion(model) + " " + HasMetadata.getKind(model);
    }

    /** Ignores the types' setters for additional properties, which accept any field for the sake of later versions. */
    private static final class WithoutAnyOther extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
