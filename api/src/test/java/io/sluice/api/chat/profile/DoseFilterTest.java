package io.sluice.api.chat.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoseFilterTest {

    private static final List<String> SOURCES = List.of(
            "Paracetamol relieves pain. Adults may take up to 4 g in 24 hours.", "Ibuprofen is taken with food.");

    /** However the text is cut into pieces. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "It relieves pain [1]. Take it with food. [2] | It relieves pain [1]. Take it with food. [2]",
                "Adults may take up to 4 g in 24 hours [1]. It helps [1]. | Adults may take up to 4 g in 24 hours [1]. It helps [1].",
                "It helps. [1] At most 4 g a time. [1] Eat. [2] | It helps. [1] “Adults may take up to 4 g in 24 hours.” [1] Eat. [2]",
                "It helps [1]. Take 40 g [1]. Eat [2]. | It helps [1]. Eat [2].",
                "Never more than 4 g [1]! | “Adults may take up to 4 g in 24 hours.” [1]",
                "Take 5 g [1]. | The documents have amounts, which are not repeated here in other words; see the sources.",
                "It relieves pain. Take 5 g [1]. | It relieves pain. The documents have amounts, which are not repeated here in other words; see the sources.",
                "Not found in the documents. | Not found in the documents."
            })
    void dosesAreLetThroughAsQuotationsAlone(String written, String shown) {
        for (int length = 1; length <= written.length(); length++) {
            DoseFilter filter = new DoseFilter(new DoseQuotations(SOURCES));
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < written.length(); i += length) {
                text.append(filter.add(written.substring(i, Math.min(written.length(), i + length))));
            }
            text.append(filter.end());

            assertThat(text.toString().strip()).as("in pieces of %d", length).isEqualTo(shown);
        }
    }
}
