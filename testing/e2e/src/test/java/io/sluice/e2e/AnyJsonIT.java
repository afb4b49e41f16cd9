package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.e2e.Client.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever JSON is answered with 202 is read back byte for byte. */
class AnyJsonIT {

    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private final Client client = Sluice.client();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final AnyJson json = new AnyJson(random);

    @Test
    void whatIsPostedIsReadBackByteForByte() {
        // Given
        List<String> payloads = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            payloads.add(json.value());
        }
        payloads.add(json.nested(500));
        payloads.add(json.digits(100_000));
        payloads.add(json.stringOf(1 << 20));
        payloads.add("[" + json.stringOf((1 << 20) - 2) + "]");

        // When
        Map<String, String> accepted = new LinkedHashMap<>();
        for (String payload : payloads) {
            Answer answer = client.post(body(payload));
            assertThat(answer.status()).as("seed %d: %s", SEED, start(payload)).isEqualTo(202);
            accepted.put(answer.id(), payload);
        }

        // Then
        accepted.forEach((id, payload) -> assertThat(client.read(id).payload())
                .as("seed %d: %s", SEED, start(payload))
                .isEqualTo(payload.getBytes(UTF_8)));
    }

    @Test
    void whatIsBrokenIsRefusedOrReadBackByteForByteButNeverAFaultOfTheServer() {
        for (int i = 0; i < 400; i++) {
            // Given
            byte[] body = body(json.value()).getBytes(UTF_8);
            int broken = random.nextInt(body.length);
            body[broken] = (byte) random.nextInt(256);

            // When
            Answer answer = client.post(body);

            // Then
            assertThat(answer.status())
                    .as("seed %d: %s", SEED, new String(body, UTF_8))
                    .isIn(202, 400);
            if (answer.status() == 202) {
                assertThat(client.read(answer.id()).payload())
                        .as("seed %d: %s", SEED, new String(body, UTF_8))
                        .isEqualTo(new Answer(0, body, answer.response()).payload());
            }
        }
    }

    @Test
    void whatCannotBeStoredIsRefused() {
        assertThat(client.post(body(json.nested(501))).status()).isEqualTo(400);
        assertThat(client.post(body(json.stringOf((1 << 20) + 1))).status()).isEqualTo(413);
        assertThat(client.post(body(json.stringOf(3 << 20))).status()).isEqualTo(413);
    }

    private String body(String payload) {
        return random.nextBoolean()
                ? "{\"payload\":" + payload + "}"
                : " {\"subject\": \"json\",\n\"payload\" : " + payload + " , \"type\":\"any\" }\n";
    }

    private static String start(String payload) {
        return payload.substring(0, Math.min(payload.length(), 500));
    }
}
