package io.sluice.api.chat.openai;

import io.sluice.api.chat.ChatQuestion;
import io.sluice.api.chat.generative.Exchange;
import io.sluice.api.chat.openai.CompletionMessage.Role;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;

/** Reads the messages of conversations. */
@Singleton
class ConversationReader {

    private static final String MESSAGES = "/messages";

    private final Validator validator;

    ConversationReader(Validator validator) {
        this.validator = validator;
    }

    /**
     * Reads the question, which is the last message of a user, and what was said before it. A system prompt changes nothing, since documents
     * answer, not a model of the client's choice.
     *
     * @throws ProblemException with what is wrong with any of the messages
     */
    Conversation read(List<CompletionMessage> messages) {
        Violations violations = new Violations();
        List<Exchange> history = new ArrayList<>();
        String question = null;
        String place = MESSAGES;
        for (int i = 0; i < messages.size(); i++) {
            String message = MESSAGES + "/" + i;
            String text = messages.get(i).text(message, violations);
            if (messages.get(i).role() == Role.USER) {
                question = text;
                place = message + "/content";
            } else if (messages.get(i).role() == Role.ASSISTANT && question != null && isAnswered(question, text)) {
                history.add(new Exchange(question, text));
            }
        }
        violations.refuse();
        if (question == null) {
            throw ProblemException.invalid(Violation.at(MESSAGES, "must have one of the role user: the last one asks"));
        }
        check(question, place);
        return new Conversation(question, history);
    }

    /** Earlier messages that no answer can be made with are passed over. */
    private boolean isAnswered(String question, String answer) {
        return !answer.isBlank()
                && validator
                        .validateValue(ChatQuestion.class, "question", question)
                        .isEmpty();
    }

    private void check(String question, String place) {
        Violations violations = new Violations();
        validator
                .validateValue(ChatQuestion.class, "question", question)
                .forEach(violation -> violations.add(Violation.at(place, violation.getMessage())));
        violations.refuse();
    }
}
