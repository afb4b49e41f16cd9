package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.security.MessageDigest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.WithNull;

class FingerprintPropertyTest {

    private static final byte[] PAYLOAD = "{\"a\":1}".getBytes(UTF_8);

    @Property
    void itIsSha256OverWhatTheGuideSays(
            @ForAll String caller,
            @ForAll String type,
            @ForAll @WithNull(0.3) String key,
            @ForAll @WithNull(0.3) String subject,
            @ForAll byte[] payload)
            throws Exception {
        // Given
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (String text : new String[] {caller, type, key, subject}) {
            out.writeInt(text == null ? -1 : text.getBytes(UTF_8).length);
            out.write(text == null ? new byte[0] : text.getBytes(UTF_8));
        }
        out.write(payload);

        // When
        Fingerprint fingerprint = Fingerprint.of(caller, type, key, subject, payload);

        // Then
        assertThat(fingerprint.bytes())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    }

    @Property
    void aTextMovedToTheNextPartIsAnotherEvent(
            @ForAll @AlphaChars @StringLength(min = 1, max = 5) String one,
            @ForAll @AlphaChars @StringLength(min = 1, max = 5) String two,
            @ForAll @AlphaChars @StringLength(min = 1, max = 5) String three) {
        Fingerprint fingerprint = Fingerprint.of(one, two, three, null, PAYLOAD);

        assertThat(Fingerprint.of(one + two, three, null, null, PAYLOAD)).isNotEqualTo(fingerprint);
        assertThat(Fingerprint.of(one, two + three, null, null, PAYLOAD)).isNotEqualTo(fingerprint);
        assertThat(Fingerprint.of(one, two, null, three, PAYLOAD)).isNotEqualTo(fingerprint);
        assertThat(Fingerprint.of(one, two, three, "", PAYLOAD)).isNotEqualTo(fingerprint);
    }
}
