package io.sluice.api.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes, for people and for programs alike: as a text where they are UTF-8 without NUL, else in Base64. Exactly one of the two
 * is set, and either stands for the very bytes.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Content(@Nullable String text, byte @Nullable [] base64) {

    /** These bytes, or {@code null} where there are none. */
    static @Nullable Content of(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') < 0) {
                return new Content(text, null);
            }
        } catch (CharacterCodingException notUtf8) {
            // Shown as what it is.
        }
        return new Content(null, bytes);
    }
}
