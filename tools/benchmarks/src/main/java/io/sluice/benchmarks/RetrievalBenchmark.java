package io.sluice.benchmarks;

import io.sluice.benchmarks.retrieval.DocumentsClient;
import io.sluice.benchmarks.retrieval.DocumentsClient.Found;
import io.sluice.benchmarks.retrieval.FillerPassages;
import io.sluice.benchmarks.retrieval.JudgedDataset;
import io.sluice.benchmarks.retrieval.JudgedQuestion;
import io.sluice.benchmarks.retrieval.RankingQuality;
import io.sluice.benchmarks.retrieval.SearchSpeed;
import io.sluice.benchmarks.retrieval.SourceDocument;
import io.sluice.local.Program;
import io.sluice.settings.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/**
 * Uploads the documents of a dataset to the packaged programs, asks its questions, and compares what is found with what was judged: as the
 * worker ranks, and as the api does without it. Then passages are added, and the time of searches is measured.
 *
 * @param project the measured checkout, packaged
 * @param dataset folder of a {@link JudgedDataset}
 * @param passages numbers of passages in which searches are measured, ascending; those that the dataset exceeds are left out
 * @param window time of a measurement
 */
record RetrievalBenchmark(Path project, Path dataset, List<Integer> passages, Duration window) {

    private static final long SEED = 20_261_129;
    private static final String TOKEN = "a-token-of-benchmarks-0123456789";
    private static final String HYBRID = "hybrid";
    private static final List<Integer> CLIENTS = List.of(1, 4);

    /** Times that a question is asked until the worker ranks in time. */
    private static final int TRIES = 20;

    private static final long BETWEEN_LOOKS_MILLIS = 100;

    Report run() throws IOException, SQLException, InterruptedException {
        JudgedDataset judged = JudgedDataset.read(dataset);
        Path storage = Files.createTempDirectory("sluice-benchmark-storage");
        try (TestEnvironment environment = TestEnvironment.setUp(Map.of());
                Connection database = connect(environment)) {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "FEATURES", "documents", "STORAGE_URL", storage.toUri().toString()));
            DocumentsClient lexical = new DocumentsClient(
                    environment.start(project, "api", settings).url());
            settings.put("WORKER_TOKEN", TOKEN);
            Program worker = environment.start(project, "worker", settings);
            WorkerIndex index = new WorkerIndex(worker, database);
            settings.put("WORKER_URL", worker.address());
            DocumentsClient hybrid = new DocumentsClient(
                    environment.start(project, "api", settings).url());
            Map<String, List<String>> idsOf = upload(judged.documents(), hybrid);
            long uploaded = index.awaitAll();
            List<RankingQuality> qualities = List.of(
                    quality(HYBRID, hybrid, judged.questions(), idsOf),
                    quality("lexical", lexical, judged.questions(), idsOf));
            List<SearchSpeed> speeds = new ArrayList<>();
            FillerPassages fillers = new FillerPassages(database, SEED);
            long there = uploaded;
            for (int wanted : passages) {
                if (wanted >= there) {
                    fillers.add(wanted - there);
                    there = index.awaitAll();
                    speeds.addAll(speeds(hybrid, judged.questions(), there));
                }
            }
            return report(judged, uploaded, qualities, speeds);
        } finally {
            FileUtils.deleteDirectory(storage.toFile());
        }
    }

    private static Connection connect(TestEnvironment environment) throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(environment.postgres().url());
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    /** Ids in the dataset, by ids in the api: documents with the same bytes are one there. */
    private static Map<String, List<String>> upload(List<SourceDocument> documents, DocumentsClient api)
            throws IOException, InterruptedException {
        Map<String, List<String>> idsOf = new LinkedHashMap<>();
        for (SourceDocument document : documents) {
            idsOf.computeIfAbsent(api.upload(document), id -> new ArrayList<>()).add(document.id());
        }
        ProgressLog.log("%d documents are uploaded".formatted(documents.size()));
        for (String id : idsOf.keySet()) {
            api.awaitReady(id);
        }
        return idsOf;
    }

    private static RankingQuality quality(
            String ranking, DocumentsClient api, List<JudgedQuestion> questions, Map<String, List<String>> idsOf)
            throws IOException, InterruptedException {
        Map<JudgedQuestion, List<String>> rankings = new LinkedHashMap<>();
        for (JudgedQuestion question : questions) {
            rankings.put(
                    question,
                    ask(ranking, api, question).documents().stream()
                            .flatMap(id -> idsOf.getOrDefault(id, List.of()).stream())
                            .toList());
        }
        RankingQuality quality = RankingQuality.of(ranking, rankings);
        ProgressLog.log(quality.toString());
        return quality;
    }

    /** Asks again while the ranking is another one, as it is while the JVMs are cold. */
    private static Found ask(String ranking, DocumentsClient api, JudgedQuestion question)
            throws IOException, InterruptedException {
        for (int n = 0; n < TRIES; n++) {
            Found found = api.search(question.text());
            if (found.retrieval().equals(ranking)) {
                return found;
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS * n);
        }
        throw new Failure("The question %s was not answered %s.".formatted(question.id(), ranking));
    }

    private List<SearchSpeed> speeds(DocumentsClient api, List<JudgedQuestion> questions, long passages)
            throws IOException, InterruptedException {
        List<SearchSpeed> speeds = new ArrayList<>();
        for (int clients : CLIENTS) {
            SearchSpeed warmUp = SearchSpeed.of(api, questions, passages, clients, window.dividedBy(2));
            ProgressLog.log("%.0f searches/s while the JVMs get warm".formatted(warmUp.perSecond()));
            SearchSpeed speed = SearchSpeed.of(api, questions, passages, clients, window);
            ProgressLog.log(speed.toString());
            speeds.add(speed);
        }
        return speeds;
    }

    private Report report(
            JudgedDataset judged, long uploaded, List<RankingQuality> qualities, List<SearchSpeed> speeds) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("dataset", String.valueOf(dataset.getFileName()));
        parameters.put("documents", "%,d".formatted(judged.documents().size()));
        parameters.put("passages of them", "%,d".formatted(uploaded));
        parameters.put("time of a measurement", window.toSeconds() + " s");
        return Report.ofSearches(project, parameters, qualities, speeds, notes());
    }

    private static List<String> notes() {
        return List.of(
                "Documents are ranked by their best passage, of the 50 that a search answers with. The gain of a document is its grade; recall is of"
                        + " all documents with a grade above 0, and success the part of the questions with one of them among the first five.",
                "Each question was asked until the worker ranked in time, for hybrid, and of an api without a worker, for lexical.",
                "Clients ask one question behind the other, in turn. Passages beyond those of the dataset are made up of its words, with vectors of any"
                        + " direction, seed %d. Clients, api, worker and PostgreSQL share the machine, without limits."
                                .formatted(SEED));
    }
}
