package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class EventLimitsPropertyTest {

    @Property
    void whatPassesIsKeptByUtf8AndFits(@ForAll @StringLength(max = 100) String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        boolean storable = new String(utf8, UTF_8).equals(text)
                && utf8.length > 0
                && utf8.length <= 256
                && text.chars().noneMatch(Character::isISOControl);

        assertThat(EventLimits.violation(text) == null).isEqualTo(storable);
    }
}
