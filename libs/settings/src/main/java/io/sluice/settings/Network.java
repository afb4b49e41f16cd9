package io.sluice.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses that begin with the same bits, or a single one.
 *
 * @param address one of them
 * @param bits how many bits they have in common
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632">RFC 4632, Classless Inter-domain Routing</a>
 */
public record Network(InetAddress address, int bits) {

    /**
     * Reads several, separated by commas, as in {@code 10.0.0.0/8,fd00::/8,192.0.2.7}.
     *
     * @throws IllegalArgumentException if one of them is none; a name is none
     */
    static List<Network> parseAll(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(Network::parse)
                .toList();
    }

    private static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        int most = address.getAddress().length * Byte.SIZE;
        String bits = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
        if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > most) {
            throw new IllegalArgumentException("behind the '/' of an address must be a number from 0 to " + most);
        }
        return new Network(address, Integer.parseInt(bits));
    }

    private static InetAddress address(String text) {
        try {
            if (AddressCheck.Address.isNumeric(text)) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException e) {
            // As if it were a name.
        }
        throw new IllegalArgumentException("each must be an address, as in 192.0.2.7, or a network, as in 10.0.0.0/8");
    }

    /** True if an address is one of them. */
    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int bytes = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        return Arrays.equals(ours, 0, bytes, theirs, 0, bytes)
                && (rest == 0 || (ours[bytes] ^ theirs[bytes]) >> (Byte.SIZE - rest) == 0);
    }
}
