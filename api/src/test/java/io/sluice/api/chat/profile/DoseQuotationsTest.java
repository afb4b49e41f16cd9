package io.sluice.api.chat.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoseQuotationsTest {

    private static final String ADULTS = "Adults may take up to 1,000 mg of paracetamol at once.";
    private static final String CHILDREN = "Children take 10–15 mg/kg every six hours.";
    private static final String DAILY = "No more than 4 g in 24 hours.";
    private static final String IBUPROFEN = "The highest dose of ibuprofen is 1,000 mg.";

    private static final DoseQuotations DOSES = new DoseQuotations(List.of(
            "Paracetamol relieves pain. " + ADULTS + " " + CHILDREN, DAILY + " Two tablets are 1.0 g.", IBUPROFEN));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Take 500 mg.",
                "take 500mg now",
                "4 g a day",
                "10-15 mg/kg",
                "10 to 15 mg per kg",
                "0,5 ml",
                "250 µg",
                "250 μg",
                "400 IU daily",
                "20 units",
                "5 drops",
                "2 tablets",
                "two tablets",
                "half a tablet",
                "1,000\u00a0mg",
                "zehn Tropfen oder 10 Tropfen",
                "deux fois 2 comprimés"
            })
    void anAmountWithAUnitIsADose(String text) {
        assertThat(DoseQuotations.hasDose(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Every 6 hours.",
                "Children under 12 years",
                "page 4",
                "COVID19 grows",
                "à l'hôpital",
                "a unit of the ward",
                "Vitamin B12 mgmt",
                "in 2024 garlic",
                ""
            })
    void otherNumbersAreNone(String text) {
        assertThat(DoseQuotations.hasDose(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It relieves pain, they say [1].",
                ADULTS,
                "Adults may take up to 1000 mg of paracetamol at once [1].",
                "adults may  take up to 1,000mg of paracetamol at once",
                "“Adults may take up to 1,000 mg of paracetamol at once.” [1]",
                "Children take 10-15 mg/kg every six hours [1].",
                "Children take 10 – 15 mg / kg every six hours [1].",
                "Two tablets are 1 g [2].",
            })
    void whatHasNoDoseOrStandsInASourceStays(String sentence) {
        assertThat(DOSES.allowed(sentence)).contains(sentence);
    }

    @Test
    void anotherWordingGivesWayToTheQuotation() {
        assertThat(DOSES.allowed("An adult should not exceed 4 g per day [1][2]."))
                .isEmpty();
        assertThat(DOSES.allowed("An adult should not exceed 4 g [1][2].")).contains("“" + DAILY + "” [2]");
        assertThat(DOSES.allowed("Give children 10 to 15 mg/kg [1].")).isEmpty();
        assertThat(DOSES.allowed("Give children 10-15 mg/kg [1].")).contains("“" + CHILDREN + "” [1]");
    }

    @Test
    void aDoseIsQuotedFromTheSourceThatIsCited() {
        assertThat(DOSES.allowed("Take 1000 mg [3].")).contains("“" + IBUPROFEN + "” [3]");
        assertThat(DOSES.allowed("Take 1000 mg [1].")).contains("“" + ADULTS + "” [1]");
        assertThat(DOSES.allowed("Take 1000 mg [2].")).isEmpty();
        assertThat(DOSES.allowed("Take 1000 mg.")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Adults may take up to 10,000 mg of paracetamol at once [1].",
                "Adults may take up to 1,000 g of paracetamol at once [1].",
                "Adults may take up to 100.0 mg of paracetamol at once [1].",
                "Children take 1015 mg/kg every six hours [1].",
                "More than 4 g and 5 ml in 24 hours [2]."
            })
    void aDoseThatIsNowhereIsDropped(String sentence) {
        assertThat(DOSES.allowed(sentence)).isEmpty();
    }

    /** Its doses are there, its sense is another one. */
    @Test
    void aPartOfASentenceIsNoQuotation() {
        assertThat(DOSES.allowed("More than 4 g in 24 hours [2].")).contains("“" + DAILY + "” [2]");
        assertThat(DOSES.allowed("Adults may take 1000 mg of paracetamol at once, or more [1]."))
                .contains("“" + ADULTS + "” [1]");
    }

    @Test
    void aSpaceBetweenNumbersIsNoThousands() {
        assertThat(new DoseQuotations(List.of("Take 2 500 mg tablets.")).allowed("Take 2500 mg tablets [1]."))
                .isEmpty();
    }
}
