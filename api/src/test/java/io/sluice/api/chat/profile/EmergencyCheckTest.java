package io.sluice.api.chat.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmergencyCheckTest {

    private static final EmergencyCheck CHECK = new EmergencyCheck(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I have chest pain",
                "CHEST PAIN!!!",
                "My father has a crushing chest pain since an hour, what should he take?",
                "pain in my chest and left arm",
                "my chest is really very tight",
                "I can't breathe",
                "I can’t breathe",
                "i cant breath",
                "She cannot breathe properly",
                "He's not breathing",
                "my baby isn't breathing",
                "There is no pulse",
                "no, I have chest pain",
                "no i have chest pain",
                "No fever, chest pain since morning",
                "No fever. Chest pain.",
                "no fever but chest pain",
                "no fever and chest pain",
                "I don't know why I have chest pain",
                "I have not slept because of chest pain",
                "I'm not sure whether this is chest pain",
                "I can't stop the chest pain",
                "not only chest pain",
                "not without chest pain",
                "He does not deny chest pain",
                "he didn't deny having chest pain",
                "denies not having chest pain",
                "I am not without any chest pain",
                "Without chest pain yesterday, but chest pain today",
                "no chest pain, but I can't breathe",
                "She took too many pills",
                "he swallowed about half the bottle of bleach",
                "I want to die",
                "I think I'm having a stroke",
                "could this be a heart attack?",
                "the bleeding won't stop, I can't stop the bleeding"
            })
    void whatSoundsLikeAnEmergencyIsOne(String question) {
        assertThat(CHECK.answer(question)).get().asString().startsWith("This may be an emergency. Call");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I have no chest pain",
                "I have no chest pain and no fever",
                "No chest pain. Can I take ibuprofen?",
                "no signs of chest pain",
                "Without chest pain, may I exercise?",
                "The patient denies chest pain",
                "She denied having any chest pain",
                "I'm not having chest pain",
                "I am not having any chest pain",
                "I don't have chest pain",
                "I don’t think I have chest pain",
                "he hasn't had chest pain",
                "never had chest pain",
                "I no longer have chest pain",
                "no fever or chest pain",
                "no fever, cough, or chest pain",
                "neither fever nor chest pain",
                "He isn't unconscious",
                "How is a heart attack prevented?",
                "What is a stroke?",
                "How much paracetamol may adults take?",
                "How should I store tablets?",
                "Can orchestra pains be treated?",
                "Is a chest painting art?",
                "of the",
                "🙂?",
                ""
            })
    void whatIsDeniedOrOnlyAskedAboutIsNone(String question) {
        assertThat(CHECK.answer(question)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Ich habe starke Brustschmerzen, Das kann ein Notfall sein",
        "ich kann nicht atmen, Das kann ein Notfall sein",
        "Mein Mann bekommt keine Luft, Das kann ein Notfall sein",
        "nicht ohne Brustschmerzen, Das kann ein Notfall sein",
        "J'ai une douleur à la poitrine, C'est peut-être une urgence",
        "Je ne peux pas respirer, C'est peut-être une urgence",
        "mon fils est inconscient, C'est peut-être une urgence",
        "Tengo dolor en el pecho, Esto puede ser una emergencia",
        "no puedo respirar, Esto puede ser una emergencia",
        "Mi madre está inconsciente, Esto puede ser una emergencia"
    })
    void itIsAnsweredInTheLanguageOfThePhrase(String question, String answer) {
        assertThat(CHECK.answer(question)).get().asString().startsWith(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ich habe keine Brustschmerzen",
                "ohne Brustschmerzen",
                "kein Fieber oder Brustschmerzen",
                "Je n'ai pas de douleur thoracique",
                "sans douleur à la poitrine",
                "No tengo dolor de pecho",
                "sin dolor en el pecho"
            })
    void itIsDeniedInEachLanguage(String question) {
        assertThat(CHECK.answer(question)).isEmpty();
    }

    @Test
    void furtherPhrasesCountInTheSameWay() {
        EmergencyCheck check = new EmergencyCheck(List.of("snake bite/bites", "Schlangenbiss*"));

        assertThat(check.answer("I have a snake bite")).isPresent();
        assertThat(check.answer("I have no snake bites")).isEmpty();
        assertThat(check.answer("I have chest pain")).isPresent();
        assertThat(check.answer("nach einem Schlangenbiss(!)")).isPresent();
        assertThat(check.answer("snake. bite")).isEmpty();
    }

    /** Of all that the example's documents are asked, this is an emergency, and nothing else. */
    @Test
    void theQuestionsOfTheExampleAreAnswered() throws IOException {
        List<String> emergencies = Files.readAllLines(Path.of("../examples/healthcare-chatbot/questions.tsv")).stream()
                .map(line -> line.split("\t", 2)[0])
                .filter(question -> CHECK.answer(question).isPresent())
                .toList();

        assertThat(emergencies).isEmpty();
    }

    @Test
    void theLongestQuestionIsCheckedAtOnce() {
        assertThat(CHECK.answer("no chest pain ".repeat(142))).isEmpty();
        assertThat(CHECK.answer("chest is ".repeat(222))).isEmpty();
    }
}
