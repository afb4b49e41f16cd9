package io.sluice.worker.images;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.imaging.DecodedImage;
import io.sluice.imaging.Overlay;
import io.sluice.runtime.health.SharedCheck;
import io.sluice.runtime.health.SharedCheck.Answer;
import io.sluice.runtime.retry.Backoff;
import io.sluice.runtime.retry.CircuitBreaker;
import io.sluice.settings.DetectorSettings.ModelServer;
import io.sluice.worker.jobs.OutageException;
import io.sluice.worker.jobs.PermanentJobException;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * A model on a model server that speaks KServe's protocols. It gets the image as a PNG as it is seen, upright and no larger than an overlay:
 * what formats, profiles and turns a model understands does not matter then, nor does the size of a photo.
 */
final class KServeDetector implements ImageDetector {

    static final String NAME = "kserve";

    /** Most requests of an attempt at a job; its next attempt comes after a longer pause. */
    private static final int MAX_TRIES = 3;

    private static final Backoff RETRIES =
            new Backoff(Duration.ofMillis(250), Duration.ofSeconds(2), () -> ThreadLocalRandom.current()
                    .nextDouble());

    private static final int FAILURES_BEFORE_PAUSE = 6;
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final int OK = 200;

    private final ObjectMapper json = new ObjectMapper();
    private final ModelServer server;
    private final ModelProtocol protocol;
    private final ModelServerClient client;
    private final CircuitBreaker breaker;
    private final SharedCheck readiness;

    /** A detector with a clock as {@link System#nanoTime()}. */
    KServeDetector(ModelServer server, LongSupplier nanoTime) {
        this.server = server;
        this.protocol = switch (server.protocol()) {
            case V1 -> new PredictProtocol();
            case V2 -> new InferProtocol();
        };
        this.client = new ModelServerClient(server, protocol);
        this.breaker = new CircuitBreaker(FAILURES_BEFORE_PAUSE, PAUSE, nanoTime);
        this.readiness = new SharedCheck("The model server", this::askWhetherReady);
    }

    @Override
    public Detection detect(DecodedImage image)
            throws PermanentJobException, OutageException, IOException, InterruptedException {
        byte[] answer = infer(protocol.request(Base64.getEncoder().encodeToString(png(image))));
        List<DetectedObject> objects = protocol.objects(parsed(answer)).stream()
                .map(object -> object.scaled(image.scale()))
                .toList();
        return new Detection(NAME, server.model(), objects);
    }

    private static byte[] png(DecodedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Overlay.write(image, List.of(), out);
        return out.toByteArray();
    }

    private JsonNode parsed(byte[] answer) throws IOException {
        try {
            return json.readTree(answer);
        } catch (JsonProcessingException e) {
            // Without its message, which quotes the answer.
            throw new IOException("the model server's answer is no JSON");
        }
    }

    private byte[] infer(String body) throws PermanentJobException, OutageException, IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            if (!breaker.allows()) {
                throw new OutageException(
                        "The model server cannot be used: it failed several times in a row, and is left alone for %d s"
                                .formatted(PAUSE.toSeconds()),
                        new IOException("the circuit breaker is open"));
            }
            try {
                byte[] answer = client.infer(body);
                breaker.succeeded();
                return answer;
            } catch (OutageException e) {
                breaker.failed();
                if (tries == MAX_TRIES) {
                    throw e;
                }
            } catch (PermanentJobException | IOException e) {
                // It answers.
                breaker.succeeded();
                throw e;
            }
            Thread.sleep(RETRIES.after(tries).toMillis());
        }
    }

    @Override
    public Uni<String> state() {
        return readiness.answer().map(answer -> NAME + ": " + answer.detail());
    }

    private CompletableFuture<Answer> askWhetherReady() {
        return client.readiness().handle((status, failure) -> {
            String model = "the model " + server.model() + " of " + server.url();
            if (failure != null) {
                return new Answer(false, model + " cannot be asked whether it is ready; jobs wait");
            }
            return status == OK
                    ? new Answer(true, model + " is ready")
                    : new Answer(false, model + " is not ready, status %d; jobs wait".formatted(status));
        });
    }
}
