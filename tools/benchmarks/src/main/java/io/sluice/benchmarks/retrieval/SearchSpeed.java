package io.sluice.benchmarks.retrieval;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Speed of searches, or of answers, for clients that ask one question behind the other.
 *
 * @param request kind of request, {@code search} or {@code chat}
 * @param passages number of passages in which was looked
 * @param clients number of clients at the same time
 * @param perSecond questions a second of all of them
 * @param median time of a question, in milliseconds
 * @param p95 the same of the slowest 5 %
 * @param hybrid part of the questions that were answered by words and meaning, from 0 to 1
 */
public record SearchSpeed(
        String request, long passages, int clients, double perSecond, double median, double p95, double hybrid) {

    private record Search(double millis, boolean hybrid) {}

    /** A request with a question. */
    @FunctionalInterface
    public interface Request {

        /**
         * Sends it, and waits for the answer.
         *
         * @return kind of ranking, {@code hybrid} or {@code lexical}
         */
        String ask(String question) throws IOException, InterruptedException;
    }

    /**
     * Asks the questions in turn.
     *
     * @param name of the kind of request
     * @param time in which it begins to ask
     * @throws IOException if one is not answered with 200
     */
    public static SearchSpeed of(
            String name, Request request, List<JudgedQuestion> questions, long passages, int clients, Duration time)
            throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        Callable<List<Search>> client = () -> {
            List<Search> searches = new ArrayList<>();
            long asked = System.nanoTime();
            while (searches.isEmpty() || asked - start < time.toNanos()) {
                String question =
                        questions.get(next.getAndIncrement() % questions.size()).text();
                String retrieval = request.ask(question);
                long answered = System.nanoTime();
                searches.add(new Search((answered - asked) / 1e6, retrieval.equals("hybrid")));
                asked = answered;
            }
            return searches;
        };
        List<Search> searches = atOnce(client, clients);
        double seconds = (System.nanoTime() - start) / 1e9;
        List<Double> millis = searches.stream().map(Search::millis).sorted().toList();
        return new SearchSpeed(
                name,
                passages,
                clients,
                searches.size() / seconds,
                millis.get(millis.size() / 2),
                millis.get((int) (millis.size() * 0.95)),
                searches.stream().collect(Collectors.averagingDouble(search -> search.hybrid() ? 1 : 0)));
    }

    private static List<Search> atOnce(Callable<List<Search>> client, int clients)
            throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Search> searches = new ArrayList<>();
            for (Future<List<Search>> each : threads.invokeAll(
                    IntStream.range(0, clients).mapToObj(n -> client).toList())) {
                searches.addAll(each.get());
            }
            return searches;
        } catch (ExecutionException e) {
            throw new IOException("A question failed: " + e.getMessage(), e);
        } finally {
            threads.shutdownNow();
        }
    }
}
