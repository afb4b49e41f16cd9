package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8            | 10.255.0.1  | true",
                "10.0.0.0/8            | 11.0.0.1    | false",
                "10.1.2.3/8            | 10.9.9.9    | true",
                "192.0.2.128/25        | 192.0.2.128 | true",
                "192.0.2.128/25        | 192.0.2.127 | false",
                "192.0.2.7             | 192.0.2.7   | true",
                "192.0.2.7             | 192.0.2.6   | false",
                "192.0.2.7/32          | 192.0.2.6   | false",
                "0.0.0.0/0             | 203.0.113.9 | true",
                "0.0.0.0/0             | ::1         | false",
                "::/0                  | ::1         | true",
                "::/0                  | 127.0.0.1   | false",
                "fd00::/8              | fdff::1     | true",
                "fd00::/9              | fd80::1     | false",
                "127.0.0.1             | ::ffff:127.0.0.1 | true",
                "192.0.2.7, 10.0.0.0/8 | 10.0.0.1    | true"
            })
    void hasTheAddressesThatBeginWithItsBits(String networks, String address, boolean expected)
            throws UnknownHostException {
        // Given
        InetAddress sender = InetAddress.getByName(address);

        // When // Then
        assertThat(Network.parseAll(networks).stream().anyMatch(network -> network.contains(sender)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "10.0.0.0/8,",
                "localhost",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.0/",
                "10.0.0.0/33",
                "::/129",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.0:80",
                "[::1]",
                ":::",
                "*"
            })
    void anythingElseIsNone(String networks) {
        assertThatThrownBy(() -> Network.parseAll(networks)).isInstanceOf(IllegalArgumentException.class);
    }
}
