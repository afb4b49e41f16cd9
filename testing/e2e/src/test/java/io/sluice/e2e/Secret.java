package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A text that nobody may see.
 *
 * @param name what it is
 * @param core the text or, where it is long or has other characters, the part of it that is looked for: letters, digits, hyphens and
 *     underscores, which URLs and JSON leave as they are
 */
record Secret(String name, String core) {

    /** True if the text has it, in whatever form. */
    boolean isIn(String text) {
        return forms().anyMatch(text::contains);
    }

    private Stream<String> forms() {
        Stream<String> plain = Stream.of(core, HexFormat.of().formatHex(core.getBytes(UTF_8)));
        return Stream.concat(plain, IntStream.range(0, 3).mapToObj(this::base64));
    }

    /** Three bytes become four characters, so the form depends on how many bytes stand before; at the ends on which as well. */
    private String base64(int before) {
        byte[] bytes = ("?".repeat(before) + core).getBytes(UTF_8);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        int begin = List.of(0, 2, 3).get(before);
        int end = bytes.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
        return encoded.substring(begin, end);
    }
}
