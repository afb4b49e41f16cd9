package io.sluice.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Holds every answer that a test gets by RestAssured against the OpenAPI document: one that is not documented fails whichever
 * test meets it. Is in place for each {@code @QuarkusTest} of this module, by META-INF/services.
 */
public final class DocumentedAnswers implements Filter, QuarkusTestBeforeEachCallback {

    @Override
    public void beforeEach(QuarkusTestMethodContext test) {
        RestAssured.replaceFiltersWith(this);
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        Exchange exchange = exchange(request, response);
        assertThat(exchange.violations(Document.COMMITTED))
                .as("what openapi.yaml does not say of %s", exchange)
                .isEmpty();
        return response;
    }

    private static Exchange exchange(FilterableRequestSpecification request, Response response) {
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach(header -> headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue()));
        return new Exchange(
                request.getMethod(),
                URI.create(request.getURI()).getRawPath(),
                Integer.toString(response.statusCode()),
                headers,
                response.asString());
    }
}
