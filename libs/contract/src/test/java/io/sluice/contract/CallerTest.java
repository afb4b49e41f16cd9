package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {

    @ParameterizedTest
    @CsvSource({
        "https://login.example.com, alice, https://login.example.com/alice",
        "https://login.example.com/, alice, https://login.example.com//alice",
        "https://login.example.com, Zoë@example.org, https://login.example.com/Zoë@example.org",
        "https://login.example.com, a/b%2F, https://login.example.com/a%2Fb%252F",
        ", anonymous, /anonymous"
    })
    void isIssuerAndSubject(@Nullable String issuer, String subject, String caller) {
        assertThat(Caller.of(issuer, subject)).isEqualTo(caller);
    }

    @Test
    void isNotThatOfSomebodyElse() {
        // Given
        List<String> parts =
                List.of("a", "/a", "a/", "a/b", "%2F", "a%2Fb", "%", "%25", "anonymous", "urn:sluice:outbox");

        // When
        List<String> callers = Stream.concat(
                        parts.stream().map(subject -> Caller.of(null, subject)),
                        parts.stream().flatMap(issuer -> parts.stream().map(subject -> Caller.of(issuer, subject))))
                .toList();

        // Then
        assertThat(callers).doesNotHaveDuplicates().doesNotContain(Event.ANONYMOUS, Event.OUTBOX);
    }

    @Test
    void theLongestFitsTheHeader() {
        assertThat(Caller.of("i".repeat(Caller.MAX_ISSUER_BYTES), "/".repeat(Caller.MAX_SUBJECT_BYTES)))
                .hasSize(EventLimits.MAX_CALLER_BYTES);
        assertThatThrownBy(() -> Caller.of(null, "s".repeat(257)))
                .hasMessage("the claim sub must have at most 256 bytes in UTF-8, but has 257");
        assertThatThrownBy(() -> Caller.of("i".repeat(256), "s"))
                .hasMessage("the claim iss must have at most 255 bytes in UTF-8, but has 256");
    }

    @Test
    void whatWouldBreakALineOrIsNoTextIsRefused() {
        assertThatThrownBy(() -> Caller.of(null, "a\nb"))
                .hasMessageContaining("the claim sub must not contain control");
        assertThatThrownBy(() -> Caller.of(null, "\uD800")).hasMessageContaining("the claim sub must not contain half");
        assertThatThrownBy(() -> Caller.of("", "a")).hasMessageContaining("the claim iss must not be empty");
    }
}
