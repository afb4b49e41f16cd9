package io.sluice.api.requests;

import static io.sluice.api.requests.Request.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path that is written in another way gets the same answer, with the same headers, or none at all. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class PathSpellingTest {

    private static final String STRICT = "default-src 'none'; frame-ancestors 'none'";

    /** Headers whose value is another one each time. */
    private static final List<String> OF_THE_MOMENT = List.of("date", "content-length", "last-modified");

    @TestHTTPResource
    URI api;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/messages",
                "/api/v1/dead-letters",
                "/api/v1/nothing",
                "/api/health",
                "/health/live",
                "/openapi",
                "/openapi.json",
                "/docs/",
                "/problems/not-found.md"
            })
    void everySpellingIsAnsweredAlikeOrNotAtAll(String path) throws IOException {
        Answer plain = ask(path);
        boolean isFile = path.startsWith("/docs/") || path.startsWith("/problems/");

        SoftAssertions all = new SoftAssertions();
        for (String spelling : spellings(path).toList()) {
            Answer answer = ask(spelling);

            if (answer.status() == plain.status() && plain.status() < 400) {
                all.assertThat(stable(answer, isFile)).as(spelling).isEqualTo(stable(plain, isFile));
            } else {
                all.assertThat(answer.status()).as(spelling).isIn(400, 404);
                all.assertThat(answer.header("Content-Security-Policy"))
                        .as(spelling)
                        .isEqualTo(STRICT);
                all.assertThat(answer.header("X-Content-Type-Options"))
                        .as(spelling)
                        .isEqualTo("nosniff");
            }
        }
        all.assertAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs;", "/docs.", "/docsx", "/docs%2F", "/docs;/x"})
    void nothingIsWhereAPathOnlyBeginsAsTheDocs(String path) throws IOException {
        Answer answer = ask(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Security-Policy")).isEqualTo(STRICT);
    }

    private static Stream<String> spellings(String path) {
        int second = path.indexOf('/', 1);
        int end = second < 0 ? path.length() : second;
        return Stream.of(
                "/" + path,
                path.replace("/", "//"),
                "/." + path,
                "/x/.." + path,
                "/docs/.." + path,
                "/docs/%2e%2e" + path,
                "/api/v1/../.." + path,
                "/docs;/.." + path,
                "/docs/..;" + path,
                "/../.." + path,
                "/%" + Integer.toHexString(path.charAt(1)) + path.substring(2),
                "/" + path.substring(1, 2).toUpperCase(Locale.ROOT) + path.substring(2),
                path.substring(0, end) + ";a=b" + path.substring(end),
                path.substring(0, end) + ";" + path.substring(end),
                path.substring(0, end) + "%3Ba" + path.substring(end),
                path + ";a=b",
                path + "/.",
                path + "/./",
                path + "/x/..",
                path + ".",
                path + "%20",
                path + "%2F",
                path.replace("/", "%2F"),
                "/" + path.substring(1).replace("/", "%2f"),
                path.replace('/', '\\'),
                "http://api" + path,
                "http://api/" + path);
    }

    /** The framework tells a file's type by the end of the path as it was sent; browsers do not guess it. */
    private static Map<String, List<String>> stable(Answer answer, boolean isFile) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers());
        headers.keySet().removeAll(OF_THE_MOMENT);
        if (isFile) {
            headers.remove("content-type");
        }
        return headers;
    }

    private Answer ask(String path) throws IOException {
        try (Connection connection = new Connection(api)) {
            return connection.exchange(get(path));
        }
    }
}
