package io.sluice.consumer.projection;

import io.sluice.consumer.waiting.BatchLoop;
import io.sluice.consumer.waiting.Loop;
import io.sluice.consumer.waiting.Part;
import io.sluice.consumer.waiting.Perseverance;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Receives batches of dead letters, and shows them in their table. */
@ApplicationScoped
public class Projection {

    private final BatchLoop loop;
    private final LetterDecoder decoder;
    private final LetterTable table;
    private final Perseverance perseverance;

    Projection(BatchLoop loop, LetterDecoder decoder, LetterTable table, Perseverance perseverance) {
        this.loop = loop;
        this.decoder = decoder;
        this.table = table;
        this.perseverance = perseverance;
    }

    /** Takes one batch; see {@link BatchLoop}. */
    @Incoming("projection")
    @Blocking
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> receive(Message<ConsumerRecords<byte[], byte @Nullable []>> message) {
        return loop.run(
                Loop.PROJECTION,
                message,
                batch -> perseverance.until(Part.PROJECTION, () -> {
                    List<Letter> letters = StreamSupport.stream(
                                    message.getPayload().spliterator(), false)
                            .map(decoder::decode)
                            .toList();
                    table.store(letters);
                    return letters;
                }));
    }
}
