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
import io.sluice.testkit.LanguageModelServer;
import io.sluice.testkit.ModelAnswer;
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
 * worker ranks, and as the api does without it. Then a long PDF is read and passages are added, and the time of searches and answers is measured, and
 * the worker's memory.
 *
 * @param project the measured checkout, packaged
 * @param dataset folder of a {@link JudgedDataset}
 * @param pages number of those of a PDF that is read
 * @param passages numbers of passages in which searches are measured, ascending; those that the dataset exceeds are left out
 * @param window time of a measurement
 */
record RetrievalBenchmark(Path project, Path dataset, int pages, List<Integer> passages, Duration window) {

    private static final long SEED = 20_261_129;
    private static final String TOKEN = "a-token-of-benchmarks-0123456789";
    private static final String HYBRID = "hybrid";
    /** Times that a question is asked until the worker ranks in time. */
    private static final int TRIES = 20;

    private static final long BETWEEN_LOOKS_MILLIS = 100;

    /** Given by the model word for word, at once: what is measured is all that the answer takes besides. */
    private static final String ANSWER =
            "Adults may take what the leaflet says, and no more than that within a day [1]."
                    + " Ask a pharmacist or a doctor before you give it to a child [1].";

    Report run() throws IOException, SQLException, InterruptedException {
        JudgedDataset judged = JudgedDataset.read(dataset);
        Path storage = Files.createTempDirectory("sluice-benchmark-storage");
        try (TestEnvironment environment = TestEnvironment.setUp(Map.of());
                Connection database = connect(environment);
                LanguageModelServer model = new LanguageModelServer().then(ModelAnswer.text(ANSWER.split("(?<= )")))) {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "FEATURES", "documents,chat", "STORAGE_URL", storage.toUri().toString()));
            DocumentsClient lexical = new DocumentsClient(
                    environment.start(project, "api", settings).url());
            settings.put("WORKER_TOKEN", TOKEN);
            Program worker = environment.start(project, "worker", settings);
            WorkerIndex index = new WorkerIndex(worker, database);
            settings.put("WORKER_URL", worker.address());
            DocumentsClient hybrid = new DocumentsClient(
                    environment.start(project, "api", settings).url());
            settings.put("LLM_BASE_URL", model.url().toString());
            settings.put("LLM_MODEL", "immediate");
            settings.put("OPENAI_API_KEY", "of-benchmarks");
            DocumentsClient generative = new DocumentsClient(
                    environment.start(project, "api", settings).url());
            Map<String, List<String>> idsOf = upload(judged.documents(), hybrid);
            long uploaded = index.awaitAll();
            List<RankingQuality> qualities = List.of(
                    quality(HYBRID, hybrid, judged.questions(), idsOf),
                    quality("lexical", lexical, judged.questions(), idsOf));
            List<SearchSpeed> speeds = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            FillerPassages fillers = new FillerPassages(database, SEED);
            notes.add(read(fillers.pdf(pages), hybrid) + " " + index.memory());
            long there = index.awaitAll();
            QuestionSpeeds measured = new QuestionSpeeds(judged.questions(), window);
            for (int wanted : passages) {
                if (wanted >= there) {
                    fillers.add(wanted - there);
                    there = index.awaitAll();
                    speeds.addAll(measured.in(there, hybrid, generative));
                    notes.add("%,d passages were searched. %s".formatted(there, index.memory()));
                }
            }
            notes.addAll(notes());
            return report(judged, uploaded, qualities, speeds, notes);
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

    private String read(byte[] pdf, DocumentsClient api) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int read = api.awaitRead(api.upload(new SourceDocument("pages", "pdf", pdf)));
        String sentence = "A PDF of %,d pages was read and embedded, in %,d passages, %.1f s after it was sent."
                .formatted(pages, read, (System.nanoTime() - start) / 1e9);
        ProgressLog.log(sentence);
        return sentence;
    }

    private Report report(
            JudgedDataset judged,
            long uploaded,
            List<RankingQuality> qualities,
            List<SearchSpeed> speeds,
            List<String> notes) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("dataset", String.valueOf(dataset.getFileName()));
        parameters.put("documents", "%,d".formatted(judged.documents().size()));
        parameters.put("passages of them", "%,d".formatted(uploaded));
        parameters.put("time of a measurement", window.toSeconds() + " s");
        return Report.ofSearches(project, parameters, qualities, speeds, notes);
    }

    private static List<String> notes() {
        return List.of(
                "Documents are ranked by their best passage, of the 50 that a search answers with. The gain of a"
                        + " document is its grade; recall is of all documents with a grade above 0, and success the part"
                        + " of the questions with one of them among the first five.",
                "Each question was asked until the worker ranked in time, for hybrid, and of an api without a worker,"
                        + " for lexical.",
                "Clients ask one question behind the other, in turn, and get whole answers: chat is quoted, and stream is"
                        + " written by a model, a server that answers at once, and read as it comes.",
                "Passages beyond those of the dataset are made up"
                        + " of its words, with vectors of any"
                        + " direction, seed %d. Clients, api, worker and PostgreSQL share the machine, without limits."
                                .formatted(SEED));
    }
}
