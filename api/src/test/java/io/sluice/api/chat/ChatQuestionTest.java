package io.sluice.api.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.openapi.Document;
import io.sluice.api.openapi.Place;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.hibernate.validator.constraints.CodePointLength;
import org.junit.jupiter.api.Test;

class ChatQuestionTest {

    private static final Place SCHEMA = Document.COMMITTED.at("components", "schemas", "ChatQuestion");

    @Test
    void theDocumentHasTheConstraintsOfTheRecord() {
        List<RecordComponent> components = List.of(ChatQuestion.class.getRecordComponents());

        assertThat(SCHEMA.to("properties").names())
                .isEqualTo(components.stream().map(RecordComponent::getName).toList());
        assertThat(SCHEMA.to("required").places().map(Place::text))
                .containsExactlyElementsOf(components.stream()
                        .filter(component -> find(component, NotBlank.class) != null)
                        .map(RecordComponent::getName)
                        .toList());
        assertThat(number("question", "maxLength"))
                .isEqualTo(constraint("question", CodePointLength.class).max());
        assertThat(number("documents", "minItems"))
                .isEqualTo(constraint("documents", Size.class).min());
        assertThat(number("documents", "maxItems"))
                .isEqualTo(constraint("documents", Size.class).max());
    }

    private static long number(String member, String word) {
        return SCHEMA.to("properties").to(member).to(word).node().longValue();
    }

    private static <A extends Annotation> A constraint(String member, Class<A> type) {
        return Arrays.stream(ChatQuestion.class.getRecordComponents())
                .filter(component -> component.getName().equals(member))
                .map(component -> find(component, type))
                .findAny()
                .orElseThrow();
    }

    private static <A extends Annotation> A find(RecordComponent component, Class<A> type) {
        return component.getAccessor().getAnnotation(type);
    }
}
