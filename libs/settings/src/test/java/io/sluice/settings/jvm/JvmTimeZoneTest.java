package io.sluice.settings.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JvmTimeZoneTest {

    private final TimeZone before = TimeZone.getDefault();

    @AfterEach
    void putBack() {
        TimeZone.setDefault(before);
        System.clearProperty("sluice.log.zone");
    }

    @Test
    void connectionsAskForUtcAndLogsKeepTheirZoneHoweverOftenAProgramStarts() {
        // Given
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));

        // When
        JvmTimeZone.makeUtc();
        JvmTimeZone.makeUtc();

        // Then
        assertThat(TimeZone.getDefault().getID()).isEqualTo("UTC");
        assertThat(System.getProperty("sluice.log.zone")).isEqualTo("Asia/Kolkata");
    }
}
