package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static net.jqwik.api.statistics.Statistics.coverage;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Whatever lies on the topic: decode gives an event, or says that it is none. */
class EventCodecMutationTest {

    @Property(tries = 10_000)
    @StatisticsReport(StatisticsReportMode.OFF)
    void aMutatedRecordIsRefusedOrIsAnEvent(
            @ForAll("goldenRecords") String file,
            @ForAll @Size(min = 1, max = 3) List<@From("mutations") Mutation> mutations)
            throws Exception {
        // Given
        List<Header> parts = partsOf(Golden.record(file));
        mutations.forEach(mutation -> mutation.apply(parts));

        // When
        Optional<Event> event = decode(recordOf(parts));

        // Then
        if (event.isPresent()) {
            Event again = EventCodec.decode(Golden.consumed(EventCodec.encode(event.get(), "messages")));
            assertThat(again).isEqualTo(event.get());
            assertThat(again.fingerprint()).isEqualTo(event.get().fingerprint());
        }
        Statistics.collect(event.isPresent() ? "an event" : "refused");
        coverage(checker -> {
            checker.check("an event").percentage(part -> part > 2);
            checker.check("refused").percentage(part -> part > 2);
        });
    }

    /** Any other exception fails the property. */
    private static Optional<Event> decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(EventCodec.decode(record));
        } catch (UndecodableRecordException refused) {
            return Optional.empty();
        }
    }

    /** The value, as a header without a name, and the headers. */
    private static List<Header> partsOf(ConsumerRecord<byte[], byte[]> record) {
        List<Header> parts = new ArrayList<>();
        parts.add(new RecordHeader("", record.value()));
        parts.addAll(Arrays.asList(record.headers().toArray()));
        return parts;
    }

    private static ConsumerRecord<byte[], byte[]> recordOf(List<Header> parts) {
        return Golden.consumed(null, parts.get(0).value(), new RecordHeaders(parts.subList(1, parts.size())));
    }

    private enum Kind {
        DROP,
        REPEAT,
        NO_VALUE,
        VALUE_OF_ANOTHER,
        CUT,
        REPLACE,
        INSERT
    }

    private record Mutation(Kind kind, int part, int position, byte[] bytes) {

        void apply(List<Header> parts) {
            int i = part % parts.size();
            String key = parts.get(i).key();
            byte[] value = parts.get(i).value();
            int at = value == null || value.length == 0 ? 0 : position % value.length;
            switch (kind) {
                case DROP -> {
                    if (i > 0) {
                        parts.remove(i);
                    }
                }
                case REPEAT -> {
                    if (i > 0) {
                        parts.add(new RecordHeader(key, bytes));
                    }
                }
                case NO_VALUE -> parts.set(i, new RecordHeader(key, (byte[]) null));
                case VALUE_OF_ANOTHER ->
                    parts.set(
                            i,
                            new RecordHeader(
                                    key, parts.get(position % parts.size()).value()));
                case CUT -> parts.set(i, new RecordHeader(key, value == null ? null : Arrays.copyOf(value, at)));
                case REPLACE -> parts.set(i, new RecordHeader(key, spliced(value, at, bytes.length)));
                case INSERT -> parts.set(i, new RecordHeader(key, spliced(value, at, 0)));
            }
        }

        private byte[] spliced(byte[] value, int at, int over) {
            if (value == null) {
                return bytes;
            }
            int rest = Math.min(value.length, at + over);
            byte[] spliced = Arrays.copyOf(value, at + bytes.length + value.length - rest);
            System.arraycopy(bytes, 0, spliced, at, bytes.length);
            System.arraycopy(value, rest, spliced, at + bytes.length, value.length - rest);
            return spliced;
        }

        @Override
        public String toString() {
            return kind + " part " + part + " at " + position + " with " + Arrays.toString(bytes);
        }
    }

    @Provide
    Arbitrary<String> goldenRecords() {
        return Arbitraries.of(GoldenRecordsTest.recordFiles());
    }

    @Provide
    Arbitrary<Mutation> mutations() {
        Arbitrary<byte[]> telling = Arbitraries.of(
                        "0", "9", "-", "e", " ", "\"", "\\", "\\u", "[", "}", ",", "\u0000", "é", "🚀", ":")
                .map(text -> text.getBytes(UTF_8));
        Arbitrary<byte[]> any =
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(3);
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.integers().between(0, 120),
                        Arbitraries.oneOf(telling, any))
                .as(Mutation::new);
    }
}
