package io.sluice.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class RoutesTest {

    /** Routes of extensions that are no part of the api: other names, and health of groups that there are none of. */
    private static final Set<String> NOT_DOCUMENTED =
            Set.of("/q", "/health/group", "/health/well", "/openapi.json", "/openapi.yaml", "/openapi.yml");

    private final Router router;

    RoutesTest(Router router) {
        this.router = router;
    }

    @Test
    void thePathsBesideTheResourcesAreDocumented() {
        // When
        Set<String> routes = router.getRoutes().stream()
                .map(Route::getPath)
                .filter(Objects::nonNull)
                .map(path -> path.replaceFirst("(?<=.)/$", ""))
                .filter(path -> !path.isEmpty() && !NOT_DOCUMENTED.contains(path))
                .collect(Collectors.toSet());

        // Then
        assertThat(Document.COMMITTED.operations())
                .map(operation -> operation.path().replaceFirst("/\\{.*", ""))
                .filteredOn(path -> !ResourcesTest.isResource(path))
                .containsExactlyInAnyOrderElementsOf(routes);
    }
}
