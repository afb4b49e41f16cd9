package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The golden files: records as lines of text, and tables of ids and fingerprints, as {@code docs/guides/events.md} shows them. */
final class Golden {

    static final String CHANGED =
            """
            The wire format has changed: records, ids or fingerprints that exist, and programs of the last release, \
            do not agree with it any more. That needs an ADR, and to be expanded first (every program reads both) and \
            contracted a release later. Do not just correct the golden file.""";

    private static final Path FILES = Path.of("src", "test", "resources", "golden");
    private static final String KEY = "record key";
    private static final String VALUE = "record value";
    private static final String HEADER = "header ";

    private Golden() {}

    static List<String> fileNames() {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file without its comments. */
    static String read(String fileName) {
        try (Stream<String> lines = Files.lines(FILES.resolve(fileName))) {
            return lines.filter(line -> !line.startsWith("#")).collect(joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A record as text: its key, its headers in their order, and its value. */
    static String print(ProducerRecord<byte[], byte[]> record) {
        Stream<String> headers = Arrays.stream(record.headers().toArray())
                .map(header -> HEADER + header.key() + ": " + print(header.value()));
        return Stream.of(
                        Stream.of(KEY + ": " + print(record.key())),
                        headers,
                        Stream.of(VALUE + ": " + print(record.value())))
                .flatMap(lines -> lines)
                .collect(joining("\n"));
    }

    private static String print(byte[] bytes) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            boolean readable = text.equals(text.strip()) && text.codePoints().noneMatch(Character::isISOControl);
            return readable ? "text " + text : "hex " + HexFormat.of().formatHex(bytes);
        } catch (CharacterCodingException notText) {
            return "hex " + HexFormat.of().formatHex(bytes);
        }
    }

    /** The record of a file. */
    static ConsumerRecord<byte[], byte[]> record(String fileName) {
        byte[] key = null;
        byte[] value = null;
        RecordHeaders headers = new RecordHeaders();
        for (String line : read(fileName).lines().toList()) {
            String[] part = line.split(": ", 2);
            byte[] bytes = part[1].startsWith("hex ")
                    ? HexFormat.of().parseHex(part[1].substring("hex ".length()))
                    : part[1].substring("text ".length()).getBytes(UTF_8);
            switch (part[0]) {
                case KEY -> key = bytes;
                case VALUE -> value = bytes;
                default -> headers.add(part[0].substring(HEADER.length()), bytes);
            }
        }
        return consumed(key, value, headers);
    }

    /** A record as a consumer gets it. */
    static ConsumerRecord<byte[], byte[]> consumed(byte[] key, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                "messages", 3, 42, 0, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
    }

    static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> produced) {
        return consumed(produced.key(), produced.value(), produced.headers());
    }

    /** The rows of a file that is a table; a text stands in backquotes, and {@code absent} is {@code null}. */
    static List<Row> table(String fileName) {
        return Arrays.stream(read(fileName).split("\n"))
                .skip(2)
                .map(line -> line.substring(2, line.length() - 2).split(" \\| "))
                .map(Row::new)
                .toList();
    }

    record Row(String... cells) {

        String text(int column) {
            String cell = cells[column];
            return cell.equals("absent") ? null : cell.substring(1, cell.length() - 1);
        }

        @Override
        public String toString() {
            return String.join(", ", cells);
        }
    }
}
