package io.sluice.runtime.health;

import io.sluice.runtime.health.SharedCheck.Answer;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** A check of whether storage can be used. Always up, and its detail tells what is wrong: most of a program works without storage. */
public final class StorageCheck implements AsyncHealthCheck, AutoCloseable {

    private static final Answer NOT_USED = new Answer(true, "not used: FEATURES has neither images nor documents");

    private final boolean used;
    private final String consequence;
    private final Question question;
    private final BlockingCheck check = new BlockingCheck("Storage", "storage-check", this::ask);

    /** Asks storage. */
    @FunctionalInterface
    public interface Question {
        /**
         * Returns if storage can be used; blocks.
         *
         * @throws IOException if not; its message tells why, and names no secret
         */
        void ask() throws IOException;
    }

    /**
     * Asks nothing yet.
     *
     * @param consequence what becomes of requests or jobs while storage cannot be used, for people
     */
    public StorageCheck(FeatureSettings features, String consequence, Question question) {
        this.used = features.isEnabled(Feature.IMAGES) || features.isEnabled(Feature.DOCUMENTS);
        this.consequence = consequence;
        this.question = question;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Uni<Answer> answer =
                used ? check.answer().map(this::told) : Uni.createFrom().item(NOT_USED);
        return answer.map(told -> told.response("storage"));
    }

    private Answer ask() {
        try {
            question.ask();
            return new Answer(true, "can be used");
        } catch (IOException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }

    private Answer told(Answer answer) {
        return answer.well() ? answer : new Answer(true, consequence + ": " + answer.detail());
    }

    @Override
    public void close() {
        check.close();
    }
}
