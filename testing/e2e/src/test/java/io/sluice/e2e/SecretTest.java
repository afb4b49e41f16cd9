package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that {@link SecretsIT} does not find is not there. */
class SecretTest {

    private final Secret secret = new Secret("a password", "s3cret-Of_a");

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "u:", "u:\"", "user:é/"})
    void isFoundInEveryForm(String before) throws JsonProcessingException {
        String text = before + secret.core() + "/@\"é";
        byte[] bytes = text.getBytes(UTF_8);

        assertThat(text).matches(secret::isIn);
        assertThat(URLEncoder.encode(text, UTF_8)).matches(secret::isIn);
        assertThat(new ObjectMapper().writeValueAsString(text)).matches(secret::isIn);
        assertThat(HexFormat.of().formatHex(bytes)).matches(secret::isIn);
        assertThat(Base64.getEncoder().encodeToString(bytes)).matches(secret::isIn);
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
                .matches(secret::isIn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a password", "s3cret", "S3CRET-OF_A", "czNjcmV0"})
    void isNotFoundWhereItIsNot(String text) {
        assertThat(text).matches(it -> !secret.isIn(it));
    }
}
