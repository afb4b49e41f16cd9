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
 * Speed of searches by clients that ask one question behind the other.
 *
 * @param passages number of passages in which was looked
 * @param clients number of clients at the same time
 * @param perSecond searches a second of all of them
 * @param median time of a search, in milliseconds
 * @param p95 the same of the slowest 5 %
 * @param hybrid part of the searches that were answered by words and meaning, from 0 to 1
 */
public record SearchSpeed(long passages, int clients, double perSecond, double median, double p95, double hybrid) {

    private record Search(double millis, boolean hybrid) {}

    /**
     * Asks the questions in turn.
     *
     * @param time in which it begins to ask
     * @throws IOException if a search is not answered with 200
     */
    public static SearchSpeed of(
            DocumentsClient api, List<JudgedQuestion> questions, long passages, int clients, Duration time)
            throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        Callable<List<Search>> client = () -> {
            List<Search> searches = new ArrayList<>();
            long asked = System.nanoTime();
            while (searches.isEmpty() || asked - start < time.toNanos()) {
                String question =
                        questions.get(next.getAndIncrement() % questions.size()).text();
                String retrieval = api.search(question).retrieval();
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
            throw new IOException("A search failed: " + e.getMessage(), e);
        } finally {
            threads.shutdownNow();
        }
    }
}
