package io.sluice.benchmarks.bulk;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.tools.ProducerPerformance;

/**
 * {@code ProducerPerformance} of kafka-tools, what {@code kafka-producer-perf-test.sh} starts, with the settings of the api's producer. It
 * runs in this process, so that its code is compiled after a first run, as the api's is.
 *
 * @param bootstrapServers of the broker
 * @param topic to write to
 */
public record PerformanceTool(String bootstrapServers, String topic) {

    /** Settings of the api's producer that have to do with speed. */
    public static final Map<String, String> SETTINGS = Map.of(
            "acks", "all",
            "enable.idempotence", "true",
            "linger.ms", "0",
            "max.in.flight.requests.per.connection", "2",
            "batch.size", "65536",
            "compression.type", "none");

    /**
     * Sends this many records, whose values have this many bytes, and returns when the broker has acknowledged them.
     *
     * @throws IOException if the tool fails
     */
    public void send(long records, int valueBytes) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "--topic",
                topic,
                "--num-records",
                Long.toString(records),
                "--record-size",
                Integer.toString(valueBytes),
                "--throughput",
                "-1",
                "--producer-props",
                "bootstrap.servers=" + bootstrapServers));
        SETTINGS.forEach((name, value) -> words.add(name + "=" + value));
        PrintStream terminal = System.out;
        // It prints its own figures every five seconds.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            ProducerPerformance.main(words.toArray(String[]::new));
        } catch (Exception e) {
            throw new IOException("ProducerPerformance has failed: " + e.getMessage(), e);
        } finally {
            System.setOut(terminal);
        }
    }
}
