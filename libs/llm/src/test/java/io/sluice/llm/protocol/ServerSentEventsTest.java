package io.sluice.llm.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSentEventsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: a\\n\\n | a",
                "data:a\\n\\n | a",
                "data: é🩺\\r\\n\\r\\ndata: b\\r\\n\\r\\n | é🩺;b",
                "data: a\\rdata: b\\r\\r | a\\nb",
                "event: x\\nid: 1\\nretry: 5\\n: comment\\ndata: a\\n\\n | a",
                "event: x\\n\\ndata\\n\\n | ''",
                "data: a\\n\\ndata: b\\n | a"
            })
    void theDataOfEachEvent(String stream, String expected) throws ProviderException {
        byte[] bytes = unescaped(stream).getBytes(StandardCharsets.UTF_8);
        List<String> events = List.of(unescaped(expected).split(";", -1));

        // Wherever the parts of the stream have their ends.
        for (int size = 1; size <= bytes.length; size++) {
            assertThat(read(bytes, size)).as("parts of %d bytes", size).isEqualTo(events);
        }
    }

    @Test
    void anEventHasABound() {
        ServerSentEvents events = new ServerSentEvents();
        byte[] endless = ("data: " + "a".repeat(ServerSentEvents.LONGEST)).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> events.read(ByteBuffer.wrap(endless)))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("more than 256 KiB");
    }

    @Test
    void soDoItsLinesTogether() {
        ServerSentEvents events = new ServerSentEvents();
        byte[] endless = "data: aaaaaaaa\n".repeat(ServerSentEvents.LONGEST / 8).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> events.read(ByteBuffer.wrap(endless))).hasMessageContaining("more than 256 KiB");
    }

    private static List<String> read(byte[] bytes, int size) throws ProviderException {
        ServerSentEvents events = new ServerSentEvents();
        List<String> read = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += size) {
            read.addAll(events.read(ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from))));
        }
        return read;
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r");
    }
}
