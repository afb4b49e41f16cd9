package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A proof of who sends a request; signed as HS256, if it is a token at all. */
public record BearerToken(String text) {

    private static final String HEADER = "{\"alg\":\"HS256\"}";
    private static final String CLAIMS =
            "{\"sub\":\"alice\",\"scope\":\"messages:read messages:write dead-letters:manage\",\"exp\":%d}";

    /** One that allows everything. */
    public static BearerToken until(Instant expiry, String key) {
        String signed = base64(HEADER.getBytes(UTF_8))
                + '.'
                + base64(CLAIMS.formatted(expiry.getEpochSecond()).getBytes(UTF_8));
        return new BearerToken(signed + '.' + base64(sign(signed, key)));
    }

    private static byte[] sign(String text, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), mac.getAlgorithm()));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A request's header with it: name and value. */
    String[] header() {
        return new String[] {"Authorization", "Bearer " + text};
    }

    /** Without it, nobody can use the rest; its beginning is looked for, as some cut what is long. */
    Secret signature(String name) {
        int begin = text.lastIndexOf('.') + 1;
        return new Secret(name, text.substring(begin, begin + 20));
    }
}
