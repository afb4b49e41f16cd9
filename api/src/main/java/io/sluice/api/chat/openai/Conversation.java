package io.sluice.api.chat.openai;

import io.sluice.api.chat.ChatQuestion;
import io.sluice.api.chat.openai.CompletionMessage.Role;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.util.List;

/** Reads the messages of a conversation. */
@Singleton
class Conversation {

    private static final String MESSAGES = "/messages";

    private final Validator validator;

    Conversation(Validator validator) {
        this.validator = validator;
    }

    /**
     * The question: the last message of a user. A system prompt changes nothing, since documents answer, not a model of the client's choice.
     *
     * @throws ProblemException with what is wrong with any of the messages
     */
    String question(List<CompletionMessage> messages) {
        Violations violations = new Violations();
        String question = null;
        String pointer = MESSAGES;
        for (int i = 0; i < messages.size(); i++) {
            String message = MESSAGES + "/" + i;
            String text = messages.get(i).text(message, violations);
            if (messages.get(i).role() == Role.USER) {
                question = text;
                pointer = message + "/content";
            }
        }
        violations.refuse();
        if (question == null) {
            throw ProblemException.invalid(Violation.at(MESSAGES, "must have one of the role user: the last one asks"));
        }
        String place = pointer;
        validator
                .validateValue(ChatQuestion.class, "question", question)
                .forEach(violation -> violations.add(Violation.at(place, violation.getMessage())));
        violations.refuse();
        return question;
    }
}
