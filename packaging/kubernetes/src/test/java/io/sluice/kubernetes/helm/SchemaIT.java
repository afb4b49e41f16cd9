package io.sluice.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaIT {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)`[^|]*\\|[^|]*\\| ([^|]+) \\|");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api: {replica: 4} | /api",
                "api: {replicas: -1} | /api/replicas",
                "api: {replicas: four} | /api/replicas",
                "api: {image: {tag: latest}} | /api/image/tag",
                "api: {image: {repository: 'registry.example/Api Server'}} | /api/image/repository",
                "api: {image: {repository: 'sluice/api:latest'}} | /api/image/repository",
                "api: {image: {repository: 'registry.example:https/api'}} | /api/image/repository",
                "api: {image: {repository: 'registry.example/api/'}} | /api/image/repository",
                "api: {image: {pullPolicy: Sometimes}} | /api/image/pullPolicy",
                "api: {service: {type: ExternalName}} | /api/service/type",
                "api: {service: {port: 0}} | /api/service/port",
                "api: {service: {nodePort: 65536}} | /api/service/nodePort",
                "api: {resources: {limits: {memory: 512MB}}} | /api/resources/limits/memory",
                "api: {resources: {limits: {memory: null}}} | /api/resources/limits",
                "api: {readinessProbe: {periodSeconds: 0}} | /api/readinessProbe/periodSeconds",
                "api: {readinessProbe: {path: /}} | /api/readinessProbe",
                "api: {readinessProbe: null} | /api",
                "api: {readinessProbe: {terminationGracePeriodSeconds: 5}} | /api/readinessProbe/terminationGracePeriodSeconds",
                "api: {livenessProbe: {successThreshold: 2}} | /api/livenessProbe/successThreshold",
                "api: {livenessProbe: {httpGet: {port: 8081}}} | /api/livenessProbe/httpGet/port",
                "consumer: {livenessProbe: {httpGet: null, exec: {command: []}}} | /consumer/livenessProbe/exec/command",
                "consumer: {livenessProbe: {httpGet: null, grpc: {port: 8080}}} | /consumer/livenessProbe",
                "api: {autoscaling: {minReplicas: 0}} | /api/autoscaling/minReplicas",
                "api: {env: {AUTH_SECRET: x}} | /api/env",
                "api: {env: {APP_ENV: development}} | /api/env",
                "api: {env: {ENVIRONMENT: development}} | /api/env",
                "consumer: {env: {DATABASE_URL: x}} | /consumer/env",
                "consumer: {env: {KAFKA_SSL_KEY_FILE: consumer.key}} | /consumer/env/KAFKA_SSL_KEY_FILE",
                "api: {env: {HTTP_TLS_KEY_FILE: /etc/sluice/files/tls.key}} | /api/env",
                "api: {extraEnv: [{name: AUTH_SECRET, value: x}]} | /api/extraEnv/0/name",
                "api: {extraEnv: [{name: APP_ENV, value: development}]} | /api/extraEnv/0/name",
                "api: {extraEnv: [{value: x}]} | /api/extraEnv/0",
                "api: {extraEnv: {A: x}} | /api/extraEnv",
                "api: {podLabels: {app.kubernetes.io/name: other}} | /api/podLabels",
                "initJob: {podLabels: {sidecar.istio.io/inject: 'true'}} | /initJob/podLabels",
                "consumer: {podAnnotations: {checksum/settings: x}} | /consumer/podAnnotations",
                "consumer: {podAnnotations: {a: 1}} | /consumer/podAnnotations/a",
                "api: {nodeSelector: [a]} | /api/nodeSelector",
                "api: {tolerations: {}} | /api/tolerations",
                "api: {affinity: []} | /api/affinity",
                "serviceAccount: {create: maybe} | /serviceAccount/create",
                "files: null | 'files'",
                "initJob: {replicas: 2} | /initJob",
                "secret: {DATABASE_URL: x} | /secret",
                "settings: {APP_ENV: null} | /settings",
                "settings: {APP_ENV: null, ENVIRONMENT: test} | /settings/ENVIRONMENT",
                "nameOverride: Todo | /nameOverride",
                "api: {component: consumer} | /api/component",
                "api: {component: a/b} | /api/component",
                "consumer: {enabled: maybe} | /consumer/enabled",
                "consumer: {autoscaling: {enabled: true}} | /consumer/autoscaling",
                "worker: {autoscaling: {enabled: true, memoryUtilization: 80}} | /worker/autoscaling",
                "configMap: {name: config} | /configMap",
                "secret: {nameSuffix: -x} | /secret/nameSuffix",
                "secret: {keys: {BETTER_AUTH_SECRET: AUTH_SECRET}} | /secret/keys",
                "secret: {keys: {AUTH_SECRET: a b}} | /secret/keys/AUTH_SECRET",
                "networkPolicies: {clients: {a: b}} | /networkPolicies/clients",
                "enabled: maybe | /enabled",
                "settings: {LOG_LEVEL: LOUD} | /settings/LOG_LEVEL",
                "settings: {DATABASE_URL: x} | /settings",
                "settings: {HTTP_PORT: 8081} | /settings/HTTP_PORT",
                "settings: {KAFKA_SSL_CA_FILE: /etc/kafka/ca.crt} | /settings/KAFKA_SSL_CA_FILE",
                "settings: {KAFKA_SSL_CA_FILE: /etc/sluice/files/kafka/ca.crt} | /settings/KAFKA_SSL_CA_FILE",
                "settings: {RETENTION_DAYS: 0} | /settings/RETENTION_DAYS",
                "settings: {KAFKA_BOOTSTRAP_SERVERS: kafka} | /settings/KAFKA_BOOTSTRAP_SERVERS",
                "networkPolicies: {enabled: maybe} | /networkPolicies/enabled",
                "persistence: {} | persistence"
            })
    void refuses(String values, String place) {
        assertThatThrownBy(() -> RenderedChart.text("todo", values))
                .hasMessageContaining("don't meet the specifications of the schema")
                .hasMessageContaining(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api: {image: {repository: api}}",
                "api: {image: {tag: ''}}",
                "api: {image: {repository: 'localhost:5000/sluice/api'}}",
                "api: {image: {repository: registry.example/some_one/more--than/api.v2}}",
                "{enabled: true, global: {imageRegistry: registry.example}}"
            })
    void takes(String values) {
        assertThatCode(() -> RenderedChart.text("todo", values)).doesNotThrowAnyException();
    }

    @Test
    void neverTellsASecret() {
        // Given
        String tooLong = "hunter2".repeat(200);

        // When, Then
        assertThatThrownBy(() -> RenderedChart.text("todo", "secret: {data: {AUTH_SECRET: %s}}".formatted(tooLong)))
                .hasMessageContaining("/secret/data/AUTH_SECRET")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void knowsTheSettings() throws IOException {
        // Given
        JsonNode settings = RenderedChart.of("").get("ConfigMap", "todo").path("data");

        // When
        Set<String> known = new TreeSet<>();
        schema().at("/properties/settings/properties").fieldNames().forEachRemaining(known::add);

        // Then
        Set<String> all = new TreeSet<>(Setting.APP_ENV.aliases());
        settings.fieldNames().forEachRemaining(all::add);
        Stream.of(Setting.values())
                .map(Setting::name)
                .filter(name -> name.endsWith("_FILE") && !name.equals("DATABASE_URL_FILE"))
                .forEach(all::add);
        assertThat(known).isEqualTo(all);
    }

    /** Settings with a set of values or a range. */
    @Test
    void takesOfTheSettingsWhatTheProgramsTake() throws IOException {
        // Given
        Map<String, String> documented = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("../../docs/guides/configuration.md")));
        while (row.find()) {
            documented.put(row.group(1), row.group(2));
        }

        // When
        Map<String, String> taken = new TreeMap<>();
        schema().at("/properties/settings/properties").properties().forEach(setting -> {
            JsonNode type = setting.getValue();
            if (type.has("minimum")) {
                taken.put(setting.getKey(), "from %s to %s".formatted(type.path("minimum"), type.path("maximum")));
            } else if (type.has("enum") && !setting.getKey().equals("HTTP_HOST")) {
                taken.put(setting.getKey(), "one of " + list(type.path("enum")));
            }
        });

        // Then
        assertThat(taken).hasSizeGreaterThan(10);
        taken.keySet().removeAll(Setting.APP_ENV.aliases());
        assertThat(taken)
                .allSatisfy((name, values) -> assertThat(documented.get(name)).endsWith(values));
    }

    /** Values, but for the empty one: that is as good as no setting. */
    private static String list(JsonNode words) {
        return words.valueStream()
                .map(JsonNode::asText)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", "));
    }

    @Test
    void letsNoVariableBeThereTwice() throws IOException {
        // Given
        JsonNode container = RenderedChart.of("").container("todo-api");

        // Then
        for (JsonNode variable : container.path("env")) {
            String name = variable.path("name").asText();
            assertThatThrownBy(() -> RenderedChart.text("todo", "api: {env: {%s: x}}".formatted(name)))
                    .hasMessageContaining("/api/env");
            assertThatThrownBy(
                            () -> RenderedChart.text("todo", "api: {extraEnv: [{name: %s, value: x}]}".formatted(name)))
                    .hasMessageContaining("/api/extraEnv/0/name");
        }
    }

    private static JsonNode schema() throws IOException {
        return new ObjectMapper()
                .readTree(RenderedChart.FOLDER.resolve("values.schema.json").toFile());
    }
}
