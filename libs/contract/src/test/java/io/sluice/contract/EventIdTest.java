package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11",
                "0d9f6c1e-3c57-7b6e-ba53-6c0a3f6d2b11",
                "0D9F6C1E-3C57-4B6E-8A53-6C0A3F6D2B11"
            })
    void aClientMayChooseVersions4And7(String id) {
        assertThat(EventId.chosen(id)).contains(UUID.fromString(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0d9f6c1e-3c57-1b6e-8a53-6c0a3f6d2b11",
                "0d9f6c1e-3c57-2b6e-8a53-6c0a3f6d2b11",
                "0d9f6c1e-3c57-3b6e-8a53-6c0a3f6d2b11",
                "0d9f6c1e-3c57-5b6e-8a53-6c0a3f6d2b11",
                "0d9f6c1e-3c57-6b6e-8a53-6c0a3f6d2b11",
                "0d9f6c1e-3c57-8b6e-8a53-6c0a3f6d2b11",
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff"
            })
    void aClientMayChooseNoOtherVersion(String id) {
        assertThat(EventId.chosen(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0d9f6c1e-3c57-4b6e-0a53-6c0a3f6d2b11",
                "0d9f6c1e-3c57-4b6e-7a53-6c0a3f6d2b11",
                "0d9f6c1e-3c57-4b6e-ca53-6c0a3f6d2b11",
                "0d9f6c1e-3c57-4b6e-fa53-6c0a3f6d2b11"
            })
    void aClientMayChooseNoOtherVariant(String id) {
        assertThat(EventId.chosen(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "order-4711",
                "1-1-4001-8001-1",
                "0d9f6c1e3c574b6e8a536c0a3f6d2b11",
                "urn:uuid:0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11",
                "{0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11}",
                " 0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11",
                "0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b1",
                "0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b111",
                "0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b1g",
                "+d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11",
                "0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b1\u0661",
                "０d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11"
            })
    void onlyTheCanonicalFormIsAnId(String text) {
        assertThat(EventId.chosen(text)).isEmpty();
    }

    /** The one that {@code docs/guides/events.md} has. */
    @Test
    void aCloudEventMeansOneIdOfItsCallerSourceAndId() {
        assertThat(EventId.ofCloudEvent("anonymous", "/shops/1", "order-42"))
                .hasToString("fa571350-39f0-5c30-abfb-29b016ba6129");
        assertThat(EventId.ofCloudEvent("anonymous", "/shops/1o", "rder-42"))
                .isNotEqualTo(EventId.ofCloudEvent("anonymous", "/shops/1", "order-42"));
    }

    @Test
    void aNewIdHasVersion7AndLiesBehindTheOneBefore() {
        List<String> ids =
                Stream.generate(EventId::next).limit(1_000).map(UUID::toString).toList();

        assertThat(ids).doesNotHaveDuplicates().isSorted();
        assertThat(ids)
                .allSatisfy(
                        id -> assertThat(EventId.chosen(id)).map(UUID::version).contains(7));
    }

    @Test
    void aDeadLetterIsRedrivenAsTheSameNewEventEachTime() {
        UUID deadLetter = UUID.fromString("e59789f8-dc69-50f0-9520-a6b5c0006ce0");

        // Computed with Python's uuid.uuid5.
        assertThat(EventId.ofRedriven(deadLetter)).hasToString("07826366-45fa-50cc-93b3-4173f087feff");
    }

    @Test
    void aDerivedIdIsOfVersion5AndCannotBeChosen() {
        UUID id = EventId.ofIdempotencyKey("anonymous", "order-4711");

        assertThat(id.version()).isEqualTo(5);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(EventId.chosen(id.toString())).isEmpty();
        assertThat(EventId.parse(id.toString())).contains(id);
    }
}
