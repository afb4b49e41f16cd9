package io.sluice.api.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.api.OtherSettings;
import io.sluice.api.search.AnsweringWorker;
import io.sluice.testkit.LanguageModelServer;
import io.sluice.testkit.ModelAnswer;
import io.sluice.testkit.SluiceServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Doses and emergencies in the words of a language model. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@WithTestResource(ModelAndWorker.class)
@TestProfile(OtherSettings.class)
class WrittenHealthcareTest {

    private final ChatDocuments documents;
    private LanguageModelServer model;
    private AnsweringWorker worker;

    WrittenHealthcareTest(ChatDocuments documents) {
        this.documents = documents;
    }

    @BeforeEach
    void store() {
        documents.storeAnew();
        worker.answers(documents.ranking("lexical"));
        model.requests().clear();
    }

    @Test
    void aDoseInOtherWordsGivesWayToTheQuotation() {
        model.then(ModelAnswer.text("It relieves ", "pain [1]. Take 4", " g or more [1]. Or take 40 g [1]."));

        ChatTest.ask("How much paracetamol may adults take?")
                .body(
                        "answer",
                        is("It relieves pain [1]. “Adults may take up to 4 g of paracetamol in 24 hours.” [1] "))
                .body("mode", is("generative"));
    }

    @Test
    void noModelIsAskedAboutAnEmergency() {
        ChatTest.ask("I have chest pain. How much paracetamol may adults take?").body("mode", is("emergency"));

        assertThat(model.requests()).isEmpty();
    }
}
