package io.sluice.api.security;

import static io.restassured.RestAssured.given;
import static io.sluice.api.security.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.sluice.testkit.SluiceServers;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With a limit of one request a second, so that the second one at once is one too many. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(OneRequestASecond.class)
class RateLimitTest {

    private static Response ask(String subject) {
        String token = signed(claims -> {
            claims.setSubject(subject);
            claims.setStringClaim("scope", "messages:read");
        });
        return given().header("Authorization", "Bearer " + token).get("/api/v1/messages?limit=1");
    }

    /** Sends requests of a caller until one is refused; a machine that is busy takes longer than a second for two. */
    private static Response askUntilRefused(String subject) {
        return Stream.generate(() -> ask(subject))
                .limit(100)
                .filter(answer -> answer.statusCode() != 200)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCallerIsToldItsLimitAndWhatIsLeft() {
        Response answer = ask(UUID.randomUUID().toString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"caller\";q=1;w=1");
        assertThat(answer.header("RateLimit")).isEqualTo("\"caller\";r=0;t=1");
    }

    @Test
    void whatIsBeyondTheLimitIsRefusedWithTheTimeToWait() {
        Response answer = askUntilRefused(UUID.randomUUID().toString());

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.<String>path("code")).isEqualTo("too-many-requests");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("RateLimit")).isEqualTo("\"caller\";r=0;t=1");
    }

    @Test
    void anotherCallerIsNotRefusedForThat() {
        askUntilRefused(UUID.randomUUID().toString());

        assertThat(ask(UUID.randomUUID().toString()).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsOpenIsNotLimited() {
        for (int i = 0; i < 5; i++) {
            Response answer = given().get("/health/live");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.header("RateLimit")).isNull();
        }
    }

    @Test
    void whoHasNoTokenIsToldThatAndNotCounted() {
        for (int i = 0; i < 5; i++) {
            assertThat(given().get("/api/v1/messages").statusCode()).isEqualTo(401);
        }
    }
}
