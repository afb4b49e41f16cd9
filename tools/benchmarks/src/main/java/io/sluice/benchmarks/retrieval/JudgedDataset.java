package io.sluice.benchmarks.retrieval;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Documents, questions, and judgements of which documents answer which questions, of a folder. Its files are tables in UTF-8, without a header,
 * whose columns are separated by tabs: {@code questions.tsv} with id and question; {@code judgements.tsv} with id of the question, id of the
 * document and grade; and {@code documents.tsv} with id and text, in which {@code \n} stands for a line break, or else a folder
 * {@code documents} with a file for each, whose name without its extension is the id.
 *
 * @param questions that have an answer
 */
public record JudgedDataset(List<SourceDocument> documents, List<JudgedQuestion> questions) {

    /**
     * Reads one.
     *
     * @throws IOException if a file is missing or malformed; says which, and where
     */
    public static JudgedDataset read(Path folder) throws IOException {
        Path table = folder.resolve("documents.tsv");
        List<SourceDocument> documents = Files.exists(table) ? table(table) : files(folder.resolve("documents"));
        Set<String> ids = new HashSet<>();
        for (SourceDocument document : documents) {
            if (!ids.add(document.id())) {
                throw new IOException("%s has the document %s twice.".formatted(folder, document.id()));
            }
        }
        Map<String, Map<String, Integer>> judgements = judgements(folder.resolve("judgements.tsv"), ids);
        List<JudgedQuestion> questions = new ArrayList<>();
        for (List<String> row : rows(folder.resolve("questions.tsv"), 2)) {
            Map<String, Integer> grades = judgements.getOrDefault(row.get(0), Map.of());
            if (!grades.isEmpty()) {
                questions.add(new JudgedQuestion(row.get(0), row.get(1), grades));
            }
        }
        if (questions.isEmpty()) {
            throw new IOException("%s has no question with a judgement whose grade is above 0.".formatted(folder));
        }
        return new JudgedDataset(documents, questions);
    }

    private static List<SourceDocument> table(Path table) throws IOException {
        return rows(table, 2).stream()
                .map(row -> new SourceDocument(
                        row.get(0), "txt", row.get(1).replace("\\n", "\n").getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static List<SourceDocument> files(Path folder) throws IOException {
        List<SourceDocument> documents = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                int dot = name.lastIndexOf('.');
                documents.add(new SourceDocument(
                        name.substring(0, Math.max(dot, 0)), name.substring(dot + 1), Files.readAllBytes(file)));
            }
        }
        return documents;
    }

    private static Map<String, Map<String, Integer>> judgements(Path table, Set<String> documents) throws IOException {
        Map<String, Map<String, Integer>> judgements = new HashMap<>();
        for (List<String> row : rows(table, 3)) {
            if (!documents.contains(row.get(1)) || !row.get(2).matches("\\d{1,3}")) {
                throw new IOException(
                        "%s judges %s with %s; needed are the id of a document that is there, and a grade from 0 to 999."
                                .formatted(table, row.get(1), row.get(2)));
            }
            int grade = Integer.parseInt(row.get(2));
            if (grade > 0) {
                judgements
                        .computeIfAbsent(row.get(0), question -> new LinkedHashMap<>())
                        .put(row.get(1), grade);
            }
        }
        return judgements;
    }

    private static List<List<String>> rows(Path table, int columns) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(table)) {
            List<String> row = List.of(line.split("\t", -1));
            if (row.size() != columns) {
                throw new IOException("Line %d of %s has %d columns, and must have %d, separated by tabs."
                        .formatted(rows.size() + 1, table, row.size(), columns));
            }
            rows.add(row);
        }
        return rows;
    }
}
