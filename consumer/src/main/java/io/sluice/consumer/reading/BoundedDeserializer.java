package io.sluice.consumer.reading;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes keys and values as they are, until those of one poll are as large as memory allows; in place of further ones there is {@link
 * #LEFT}. Kafka's client bounds what it fetches, but not what that unpacks to: 8 MiB can be gigabytes.
 */
public final class BoundedDeserializer implements Deserializer<byte[]> {

    /** What stands for the key or value of a record that has to be read again; compared by identity. */
    static final byte[] LEFT = new byte[0];

    private @Nullable Reader reader;
    private boolean ofKeys;

    /** For Kafka's client. */
    public BoundedDeserializer() {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        reader = (Reader) configs.get(Reader.CONFIG);
        ofKeys = isKey;
    }

    @Override
    public byte[] deserialize(String topic, byte[] data) {
        throw new UnsupportedOperationException("records come with their headers");
    }

    @Override
    public byte @Nullable [] deserialize(String topic, Headers headers, byte @Nullable [] data) {
        long bytes = data == null ? 0 : data.length;
        Reader here = Objects.requireNonNull(reader);
        boolean taken = ofKeys ? here.takesKey(bytes) : here.takesRecord(bytes + sizeOf(headers));
        return taken ? data : LEFT;
    }

    private static long sizeOf(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            byte[] value = header.value();
            bytes += header.key().length() + (value == null ? 0 : value.length);
        }
        return bytes;
    }
}
