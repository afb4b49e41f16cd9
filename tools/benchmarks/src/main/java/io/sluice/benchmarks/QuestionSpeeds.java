package io.sluice.benchmarks;

import io.sluice.benchmarks.retrieval.DocumentsClient;
import io.sluice.benchmarks.retrieval.JudgedQuestion;
import io.sluice.benchmarks.retrieval.SearchSpeed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how fast questions are searched for, and answered.
 *
 * @param questions asked in turn
 * @param window time of a measurement
 */
record QuestionSpeeds(List<JudgedQuestion> questions, Duration window) {

    private static final List<Integer> CLIENTS = List.of(1, 4);

    /**
     * Measures.
     *
     * @param passages number of those that there are
     * @param quoting api without a language model
     * @param writing api with one
     */
    List<SearchSpeed> in(long passages, DocumentsClient quoting, DocumentsClient writing)
            throws IOException, InterruptedException {
        List<SearchSpeed> speeds = new ArrayList<>();
        for (int clients : CLIENTS) {
            speeds.add(speed("search", question -> quoting.search(question).retrieval(), passages, clients));
            speeds.add(speed("chat", quoting::chat, passages, clients));
            speeds.add(speed("stream", writing::stream, passages, clients));
        }
        return speeds;
    }

    private SearchSpeed speed(String name, SearchSpeed.Request request, long passages, int clients)
            throws IOException, InterruptedException {
        SearchSpeed warmUp = SearchSpeed.of(name, request, questions, passages, clients, window.dividedBy(2));
        ProgressLog.log("%.0f a second while the JVMs get warm".formatted(warmUp.perSecond()));
        SearchSpeed speed = SearchSpeed.of(name, request, questions, passages, clients, window);
        ProgressLog.log(speed.toString());
        return speed;
    }
}
