package io.sluice.api.chat.generative;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.search.FoundPassage;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTextTest {

    private static final List<FoundPassage> PASSAGES = Stream.of(
                    "Take one tablet.", "See https://nhs.example/pain for more.", "Third.")
            .map(text -> new FoundPassage(1, new UUID(0, 1), "a.pdf", 1, 1, 1, null, text, 1))
            .toList();

    private final AnswerText text = new AnswerText(PASSAGES);

    private String all(String written) {
        return text.add(written) + text.end();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "One tablet. [1]|One tablet. [1]|1",
                "One [1][3] and [2].|One [1][3] and [2].|1 2 3",
                "One [1, 3].|One [1][3].|1 3",
                "One [1-3].|One [1][2][3].|1 2 3",
                "One [source 2].|One [2].|2",
                "One [^2].|One [2].|2",
                "One [4] and [0] and [999].|One  and  and .|",
                "One [2-9999].|One 2-9999.|",
                "Up to [2-900].|Up to [2][3].|2 3",
                "As [above] said.|As above said.|",
                "Careful![1]|Careful![1]|1"
            })
    void citationsStayIfThereIsWhatTheyCite(String written, String shown, String cited) {
        assertThat(all(written)).isEqualTo(shown);
        assertThat(text.cited().stream().map(String::valueOf))
                .containsExactlyElementsOf(cited == null ? List.of() : List.of(cited.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Take [one tablet](https://evil.example/?q=1).|Take one tablet.",
                "Take [one [big] tablet](https://evil.example/a_(b) \"c\").|Take one big tablet.",
                "![a tablet](https://evil.example/?q=1) Take it.|a tablet Take it.",
                "[![a](https://evil.example/1)](https://evil.example/2)|a",
                "Take [one tablet][ref].|Take one tablet.",
                "<img src=\"https://evil.example/1\">Take <b>one</b> tablet.<br/>|Take one tablet.",
                "<a href='https://evil.example'>one</a>|one",
                "<https://evil.example>, one|, one",
                "See https://evil.example/?q=1, or www.evil.example.|See , or .",
                "See https://nhs.example/pain.|See https://nhs.example/pain.",
                "See https://nhs.example/painésecret|See https://nhs.example/pain ésecret",
                "See https://nhs.example/pain[1]secret|See https://nhs.example/pain [1]secret",
                "See https://nhs.example/pain.”secret|See https://nhs.example/pain. ”secret",
                "(https://evil.example)|()",
                "Below 5 < 6 <7 and a<b, c > d!|Below 5 < 6 <7 and a< b, c > d!",
                "**Bold** and `code`, - list|**Bold** and `code`, - list",
                "Wow! [|`Wow! `",
                "[1](https://evil.example) is it.|[1] () is it.",
                "[1]: https://evil.example|`[1] : `"
            })
    void linksImagesAndTagsAreDroppedAndTheirTextStays(String written, String shown) {
        assertThat(all(written)).isEqualTo(shown);
    }

    @Test
    void nothingIsWrittenCloseBehindAnAddressInALaterPiece() {
        assertThat(text.add("See https://nhs.example/pain”") + text.add("secret") + text.end())
                .isEqualTo("See https://nhs.example/pain ”secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<<b>img src=x>",
                "<<b>i<b>mg src=x>",
                "![![a](b)](c)",
                "!<b>[a](b)",
                "![1](evil)",
                "!!![a](b)",
                "[a]<b>(evil)",
                "[[1]](evil)",
                "[1]<b>(evil)",
                "[1][](evil)",
                "[a\n](evil)",
                "[1]<b>: evil",
                "http<b>://evil.example",
                "http:/[]/evil.example",
                "ww[]w.evil.example",
                "hhttp://attp://evil.example",
                "<img src=x onerror=y",
                "<a\nhref=x>",
                "<!-- <img src=x> -->",
                "[a](b\n\"c\")",
                "[a] [1](evil)"
            })
    void nothingThatIsLeftMakesALinkOrATag(String written) {
        for (int cut = 0; cut <= written.length(); cut++) {
            AnswerText parted = new AnswerText(PASSAGES);

            String shown = parted.add(written.substring(0, cut)) + parted.add(written.substring(cut)) + parted.end();

            assertThat(shown)
                    .doesNotContainPattern("<[A-Za-z/!?]")
                    .doesNotContainPattern("\\][(:]")
                    .doesNotContainPattern("\\[[^1]")
                    .doesNotContainPattern("(?i)://|\\bwww\\.");
        }
    }

    @Test
    void theTextIsTheSameInWhateverPiecesItComes() {
        String written =
                "Take [one](https://evil.example/?a) tablet [1, 2], <b>not</b> two! See www.evil.example [9]. Ça va [3]";
        StringBuilder shown = new StringBuilder();
        written.codePoints().forEach(c -> shown.append(text.add(Character.toString(c))));
        shown.append(text.end());

        assertThat(shown).hasToString(new AnswerTextTest().all(written));
        assertThat(shown).hasToString("Take one tablet [1][2], not two! See  . Ça va [3]");
        assertThat(text.cited()).containsExactly(1, 2, 3);
    }

    @Test
    void whatIsSureIsShownAtOnce() {
        assertThat(text.add("Take one tab")).isEqualTo("Take one ");
        assertThat(text.add("let [")).isEqualTo("tablet ");
        assertThat(text.add("1")).isEmpty();
        assertThat(text.add("] a day")).isEqualTo("[1] a ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Not found in the documents.|true",
                "**not found in the documents**|true",
                "\"Not found in the documents.\" [1]|true",
                "Not found in the documents. But one may take ten.|true",
                "Not found in the doc|false",
                "It is not found in the documents.|false",
                "One tablet [1]. Not found in the documents.|false"
            })
    void anAnswerThatBeginsWithTheSentenceIsNone(String written, boolean isNotFound) {
        all(written);

        assertThat(text.isNotFound()).isEqualTo(isNotFound);
    }
}
