package io.sluice.api.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.sluice.api.search.AnsweringWorker;
import io.sluice.testkit.LanguageModelServer;
import io.sluice.testkit.ModelAnswer;
import io.sluice.testkit.ModelAnswer.Ending;
import io.sluice.testkit.SluiceServers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of a question, an answer or a document is logged, however an answer ends, at whatever level of ours. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@WithTestResource(ModelAndWorker.class)
class ChatLogsTest {

    private static final String CANARY = "Kanarienvogel";
    private static final String ANSWER = CANARY + " takes one tablet [1]. ";
    private static final String ERROR = "{\"error\":{\"message\":\"" + CANARY + "\",\"code\":\"" + CANARY + "\"}}";

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Logger root = LogContext.getLogContext().getLogger("");
    private final Logger ours = LogContext.getLogContext().getLogger("io.sluice");
    private final ExtHandler handler = new ExtHandler() {
        @Override
        protected void doPublish(ExtLogRecord record) {
            StringWriter line = new StringWriter();
            line.append(record.getLoggerName())
                    .append(" ")
                    .append(record.getMessage() + Arrays.toString(record.getParameters()))
                    .append(String.valueOf(record.getMdcCopy()));
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(line, true));
            }
            logged.add(line.toString());
        }
    };
    private final ChatDocuments documents;
    private LanguageModelServer model;
    private AnsweringWorker worker;

    ChatLogsTest(ChatDocuments documents) {
        this.documents = documents;
    }

    @BeforeEach
    void listen() {
        documents.storeAnew();
        documents.store("anonymous", "private", CANARY + " takes one tablet a day.");
        worker.answers(documents.ranking("hybrid"));
        model.then(ModelAnswer.text(ANSWER));
        ask("application/json");
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(Level.INFO);
        ours.setLevel(Level.ALL);
    }

    @AfterEach
    void stop() {
        root.removeHandler(handler);
        ours.setLevel(null);
    }

    private static String ask(String mediaType) {
        return given().contentType(ContentType.JSON)
                .accept(mediaType)
                .body(Map.of("question", "How many tablets does a " + CANARY + " take?"))
                .post("/api/v1/chat")
                .asString();
    }

    static Stream<ModelAnswer> answers() {
        return Stream.of(
                ModelAnswer.text(ANSWER),
                ModelAnswer.text(CANARY),
                ModelAnswer.text("Not found in the documents. " + CANARY),
                ModelAnswer.text(ANSWER).because("length"),
                ModelAnswer.text(ANSWER, CANARY).because("content_filter"),
                ModelAnswer.error(400, ERROR),
                ModelAnswer.error(401, ERROR),
                ModelAnswer.error(429, ERROR),
                ModelAnswer.error(500, CANARY),
                ModelAnswer.stream(Ending.CUT, ANSWER, CANARY),
                ModelAnswer.stream(Ending.BROKEN, ANSWER, CANARY),
                ModelAnswer.stream(Ending.ERROR, ANSWER).withError(ERROR),
                ModelAnswer.stream(Ending.ERROR).withError("{\"" + CANARY),
                ModelAnswer.stream(Ending.SILENT));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void noneOfItIsLogged(ModelAnswer answer) {
        model.then(answer);

        assertThat(ask("application/json")).contains("mode");
        assertThat(ask("text/event-stream")).contains("event: sources");

        assertThat(logged).noneMatch(line -> line.contains(CANARY));
        if (answer.status() != 200) {
            assertThat(logged).as("what is listened to").anyMatch(line -> line.contains("language-model-failed"));
        }
    }

    @Test
    void norWhereASourceIsRemovedMeanwhile() {
        model.thenTo(request -> {
            documents.execute("delete from documents");
            return ModelAnswer.text(ANSWER);
        });

        assertThat(ask("text/event-stream")).contains("source-removed");

        assertThat(logged).noneMatch(line -> line.contains(CANARY));
    }
}
