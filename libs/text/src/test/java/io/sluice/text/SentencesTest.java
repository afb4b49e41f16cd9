package io.sluice.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {

    /** Sentences are parted by a bar. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Take one tablet.| Drink water.",
                "Is it safe?| Yes!| Really…| Ask first.",
                "Ask Dr. Smith or Prof. Jones first.| Then go.",
                "Some drugs, e.g. ibuprofen, i.e. this one, are strong.| Others are not.",
                "Take 400 mg. Do not take more than 1.200 mg a day.",
                "Take 0.5 ml. twice.| Shake it.",
                "Give it b.i.d. Never give it i.v. Stop then.",
                "See Fig. 3 and Nos. 4 to 600.| They show it.",
                "Am 3. Mai nahm er 20. Kinder nehmen 10.",
                "1. Wash the hands.| 2. Open the box.",
                "1.1. Introduction.| 4.2. Dose.",
                "J. R. Smith wrote it.| So did K. Lee.",
                "It began in 1998.| It ended in 2004.",
                "He said \"Stop.\"| She did (at once.)| Then he left.",
                "Version 3.5 of www.example.org is out.| Get it.",
                "Das heißt z.B. Fieber, d.h. Temperatur über 38,5 °C.| Ruhe hilft.",
                "¿Duele?| ¡Sí!| Tome 1 comprimido.",
                "饭后服用。|每日两次！|每次10毫克。",
                "食後に飲む。|「一日二回。」|続ける。",
                "هل هو آمن؟| نعم.| خذ قرصا.",
                "दवा लें।| पानी पिएं।",
                "First line\n|second line\n|third line",
                "A heading without a stop",
                "",
            })
    void endsSentencesWhereTheyEnd(String marked) {
        // Given
        List<String> expected = List.of(marked.split("\\|")).stream()
                .map(String::strip)
                .filter(sentence -> !sentence.isEmpty())
                .toList();

        // When
        List<String> sentences = Sentences.of(marked.replace("|", ""));

        // Then
        assertThat(sentences).isEqualTo(expected);
    }
}
