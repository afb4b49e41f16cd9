package io.sluice.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LexicalRankingTest {

    private static final String ALICE = "https://login.example.com/alice";
    private static final String BOB = "https://login.example.com/bob";
    private static final String STRANGER = "https://elsewhere.example.com/alice";

    private Corpus corpus;

    @BeforeEach
    void begin() throws SQLException {
        corpus = new Corpus();
    }

    @AfterEach
    void rollBack() throws SQLException {
        corpus.close();
    }

    @Test
    void scoresAreThoseOfTheFormula() throws SQLException {
        // Given: words that no stemmer changes, some of them in most passages and some in few
        Random random = new Random(42);
        for (int document = 0; document < 20; document++) {
            corpus.add(
                    ALICE,
                    "private",
                    IntStream.range(0, 5).mapToObj(i -> text(random)).toArray(String[]::new));
        }
        corpus.add(BOB, "private", text(random), text(random));

        for (int i = 0; i < 20; i++) {
            String question = text(random);

            // When
            List<RankedPassage> found = rank(ALICE, question, 1_000);

            // Then
            Map<Long, Double> expected = reference(question);
            assertThat(found).extracting(RankedPassage::id).containsExactlyInAnyOrderElementsOf(expected.keySet());
            assertThat(found).allSatisfy(passage -> assertThat(passage.score())
                    .isCloseTo(expected.get(passage.id()), within(1e-9)));
            assertThat(found)
                    .isSortedAccordingTo(
                            Comparator.comparing(RankedPassage::score).reversed());
            assertThat(rank(ALICE, question, 7)).isEqualTo(found.subList(0, Math.min(7, found.size())));
        }
    }

    private static String text(Random random) {
        return IntStream.range(0, 3 + random.nextInt(30))
                .mapToObj(i -> "k" + (int) Math.exp(random.nextDouble() * 6))
                .collect(Collectors.joining(" "));
    }

    /** BM25 of all passages of {@link #ALICE}, which are the first ones, that have a word of the question. */
    private Map<Long, Double> reference(String question) {
        List<Corpus.Passage> passages = corpus.passages().subList(0, 100);
        double meanLength = passages.stream()
                .mapToInt(passage -> words(passage).size())
                .average()
                .orElseThrow();
        Set<String> asked = Set.copyOf(List.of(question.split(" ", -1)));
        Function<String, Double> weight = word -> {
            long having = passages.stream()
                    .filter(passage -> words(passage).contains(word))
                    .count();
            return Math.log(1 + (100 - having + 0.5) / (having + 0.5));
        };
        return passages.stream()
                .filter(passage -> words(passage).stream().anyMatch(asked::contains))
                .collect(Collectors.toMap(Corpus.Passage::id, passage -> {
                    List<String> words = words(passage);
                    return asked.stream()
                            .filter(words::contains)
                            .mapToDouble(word -> {
                                double frequency =
                                        words.stream().filter(word::equals).count();
                                double saturation = 1.2 * (0.25 + 0.75 * words.size() / meanLength);
                                return weight.apply(word) * frequency * 2.2 / (frequency + saturation);
                            })
                            .sum();
                }));
    }

    private static List<String> words(Corpus.Passage passage) {
        return List.of(passage.text().split(" ", -1));
    }

    @Test
    void wordsAreFoundInOtherForms() throws SQLException {
        // Given
        corpus.add(ALICE, "private", "Take one tablet a day.", "Doctors prescribed it.");

        // When, Then
        assertThat(texts(rank(ALICE, "What do doctors prescribe?", 10))).containsExactly("Doctors prescribed it.");
        assertThat(texts(rank(ALICE, "how many TABLETS?", 10))).containsExactly("Take one tablet a day.");
        assertThat(rank(ALICE, "of the", 10)).isEmpty();
        assertThat(rank(ALICE, "", 10)).isEmpty();
        assertThat(rank(ALICE, "' | & ! <-> :* \\", 10)).isEmpty();
    }

    @Test
    void othersDocumentsAreNeverFound() throws SQLException {
        // Given
        corpus.add(ALICE, "private", "alices private tablet");
        corpus.add(ALICE, "shared", "alices shared tablet");
        corpus.add(BOB, "private", "bobs private tablet");
        corpus.add(STRANGER, "shared", "a strangers shared tablet");

        // When, Then
        assertThat(texts(rank(ALICE, "tablet", 10)))
                .containsExactlyInAnyOrder("alices private tablet", "alices shared tablet");
        assertThat(texts(rank(BOB, "tablet", 10)))
                .containsExactlyInAnyOrder("alices shared tablet", "bobs private tablet");
        assertThat(texts(rank(STRANGER, "tablet", 10))).containsExactly("a strangers shared tablet");
        assertThat(rank("https://login.example.com/", "tablet", 10))
                .extracting(RankedPassage::id)
                .hasSize(1);
    }

    @Test
    void othersDocumentsDoNotChangeAScore() throws SQLException {
        // Given
        corpus.add(ALICE, "private", "one tablet", "two doses");
        List<RankedPassage> alone = rank(ALICE, "tablet", 10);

        // When
        corpus.add(BOB, "private", "tablet", "tablet tablet", "tablet tablet tablet");

        // Then
        assertThat(rank(ALICE, "tablet", 10)).isEqualTo(alone);
    }

    @Test
    void onlyTheDocumentsThatAreAskedForAreLookedAt() throws SQLException {
        // Given
        UUID first = corpus.add(ALICE, "private", "first tablet");
        corpus.add(ALICE, "private", "second tablet");
        UUID bobs = corpus.add(BOB, "private", "bobs tablet");

        // When, Then
        assertThat(texts(LexicalRanking.rank(corpus.transaction(), ALICE, List.of(first, bobs), "tablet", 10)))
                .containsExactly("first tablet");
    }

    @Test
    void whatIsReadAnewOrDeletedIsNotFound() throws SQLException {
        // Given
        UUID replaced = corpus.add(ALICE, "private", "old tablet");
        UUID deleted = corpus.add(ALICE, "private", "deleted tablet");
        corpus.add(ALICE, "private", "kept tablet");

        // When
        corpus.execute("update documents set status = 'queued', passage_count = null where id = ?", replaced);
        corpus.execute("delete from documents where id = ?", deleted);

        // Then
        assertThat(texts(rank(ALICE, "tablet", 10))).containsExactly("kept tablet");
    }

    @Test
    void aWordThatIsNearlyEverywhereIsLeftOutWhereItWouldTakeTooLong() throws SQLException {
        // Given: as many passages as are scored, without a text, since that takes long
        UUID common = corpus.add(ALICE, "private", "common");
        corpus.execute(
                """
                insert into passage_terms
                select 'common', ?, block, array_agg(ordinal), array_agg(1::smallint), array_agg(1::smallint)
                  from (select ordinal, ordinal / 2000 + 1 as block from generate_series(2, ?) as ordinal) as all_of_them
                 group by block""",
                common,
                LexicalRanking.MAX_POSTINGS);
        corpus.execute("update documents set passage_count = ? where id = ?", LexicalRanking.MAX_POSTINGS, common);
        corpus.add(ALICE, "private", "rare");

        // When, Then
        assertThat(texts(rank(ALICE, "rare common", 10))).containsExactly("rare");
        assertThat(texts(rank(ALICE, "common", 10))).containsExactly("common");
    }

    @Test
    void aWordThatIsInVeryManyDocumentsDecidesBetweenThoseThatHaveARarerOne() throws SQLException {
        // Given: as many documents with it as rows are read
        corpus.add(ALICE, "private", "rare nothing");
        corpus.add(ALICE, "private", "rare common");
        corpus.add(ALICE, "private", "nothing common");
        corpus.execute(
                """
                with document as (
                    insert into documents (
                        id, owner, name, media_type, sha256, storage_key, bytes, status, job_id, passage_count, lexeme_count, created_at, updated_at)
                    select id, ?, 'a document', 'text/plain', sha256(id::text::bytea), id, 1, 'ready', id, 1, 2, now(), now()
                      from (select gen_random_uuid() as id from generate_series(1, ?)) as made
                    returning id)
                insert into passage_terms select 'common', id, 0, '{1}', '{1}', '{2}' from document""",
                ALICE, LexicalRanking.MAX_ROWS);

        // When
        List<RankedPassage> found = rank(ALICE, "rare common", 10);

        // Then
        assertThat(texts(found)).containsExactly("rare common", "rare nothing");
        assertThat(texts(rank(ALICE, "common", 10_000))).containsExactlyInAnyOrder("rare common", "nothing common");
    }

    @Test
    void aLongQuestionIsNotLookedForAsAWhole() throws SQLException {
        // Given
        corpus.add(ALICE, "private", "w0", "w999");

        // When
        String question = IntStream.range(0, 1_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

        // Then
        assertThat(texts(rank(ALICE, question, 10))).containsExactly("w0");
    }

    private List<RankedPassage> rank(String caller, String question, int limit) throws SQLException {
        return LexicalRanking.rank(corpus.transaction(), caller, List.of(), question, limit);
    }

    private List<String> texts(List<RankedPassage> found) {
        List<String> texts = new ArrayList<>();
        for (RankedPassage passage : found) {
            Stream<Corpus.Passage> all = corpus.passages().stream();
            texts.add(all.filter(each -> each.id() == passage.id())
                    .findAny()
                    .orElseThrow()
                    .text());
        }
        return texts;
    }
}
