package io.sluice.consumer.reading;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Takes keys and values as they are, within the {@link PollLimit}; in place of further ones there is {@link PollLimit#DROPPED}. */
public final class BoundedDeserializer implements Deserializer<byte[]> {

    private @Nullable Reader reader;
    private boolean ofKeys;

    /** Constructor for Kafka's client. */
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
        PollLimit limit = Objects.requireNonNull(reader).limit();
        boolean accepted = ofKeys ? limit.acceptsKey(bytes) : limit.acceptsRecord(bytes + sizeOf(headers));
        return accepted ? data : PollLimit.DROPPED;
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
