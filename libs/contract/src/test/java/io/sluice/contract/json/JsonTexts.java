package io.sluice.contract.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generated JSON: valid, nearly valid, and soup. */
final class JsonTexts {

    private JsonTexts() {}

    private static Arbitrary<String> space() {
        return Arbitraries.of("", "", "", " ", "\n\t\r ");
    }

    private static Arbitrary<String> number() {
        return Combinators.combine(
                        Arbitraries.of("", "-"),
                        Arbitraries.of("0", "1", "42", "12345678901234567890123"),
                        Arbitraries.of("", ".0", ".5", ".010"),
                        Arbitraries.of("", "e0", "E+7", "e-02", "e200000"))
                .as((sign, whole, fraction, exponent) -> sign + whole + fraction + exponent);
    }

    /** A JSON string, its quotes included. */
    static Arbitrary<String> string() {
        Arbitrary<String> escapes = Arbitraries.of(
                "\\\"",
                "\\\\",
                "\\/",
                "\\b",
                "\\f",
                "\\n",
                "\\r",
                "\\t",
                "\\u0000",
                "\\u00e9",
                "\\uD83D\\uDE80",
                "\\ud800",
                "\\uDFFF");
        Arbitrary<String> plain =
                Arbitraries.of("a", "b", "0", " ", "/", "'", "{", "]", ":", ",", "\u007f", "é", "東", "\u2028", "🚀");
        return Arbitraries.oneOf(escapes, plain).list().ofMaxSize(6).map(parts -> '"' + String.join("", parts) + '"');
    }

    /** One JSON value with white space inside and around it. */
    static Arbitrary<String> value() {
        return Arbitraries.lazyOf(
                JsonTexts::number,
                JsonTexts::string,
                () -> Arbitraries.of("true", "false", "null", "[]", "{}"),
                () -> spaced(value())
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .map(values -> "[" + String.join(",", values) + "]"),
                () -> members().map(members -> "{" + String.join(",", members) + "}"));
    }

    private static Arbitrary<List<String>> members() {
        return Combinators.combine(spaced(string()), spaced(value()))
                .as((name, value) -> name + ":" + value)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    static Arbitrary<String> spaced(Arbitrary<String> text) {
        return Combinators.combine(space(), text, space()).as((before, middle, after) -> before + middle + after);
    }

    /** Bytes that may be JSON: values, values with a few bytes changed, tokens in any order. */
    static Arbitrary<byte[]> bytes() {
        Arbitrary<String> soup = Arbitraries.of(
                        "{", "}", "[", "]", ":", ",", "\"", "\"a\"", "0", "1", "-", ".", "e", "+", "\\", "u0041",
                        "true", "nul", "null", " ", "\n", "\u0001", "é", "/")
                .list()
                .ofMaxSize(8)
                .map(tokens -> String.join("", tokens));
        Arbitrary<String> deep = Combinators.combine(Arbitraries.integers().between(0, 30), spaced(value()))
                .as((depth, value) -> "[".repeat(depth) + value + "]".repeat(depth));
        Arbitrary<byte[]> texts = Arbitraries.frequencyOf(
                        Tuple.of(6, spaced(value())), Tuple.of(2, soup), Tuple.of(1, deep))
                .map(text -> text.getBytes(UTF_8));
        Arbitrary<List<Edit>> edits = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(List.of())),
                Tuple.of(3, edits().list().ofMinSize(1).ofMaxSize(2)));
        return Combinators.combine(texts, edits).as((text, changes) -> {
            byte[] edited = text;
            for (Edit edit : changes) {
                edited = edit.apply(edited);
            }
            return edited;
        });
    }

    private static Arbitrary<Edit> edits() {
        Arbitrary<byte[]> telling = Arbitraries.of(
                        "\"", "\\", "{", "}", "[", "]", ":", ",", "0", ".", "-", "e", "\\u", "é", "\t")
                .map(text -> text.getBytes(UTF_8));
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(2);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.oneOf(telling, any))
                .as(Edit::new);
    }

    /** At a position, some bytes are replaced by others. */
    private record Edit(int position, int removed, byte[] added) {

        byte[] apply(byte[] bytes) {
            int from = position % (bytes.length + 1);
            int to = Math.min(bytes.length, from + removed);
            ByteArrayOutputStream edited = new ByteArrayOutputStream();
            edited.write(bytes, 0, from);
            edited.writeBytes(added);
            edited.write(bytes, to, bytes.length - to);
            return edited.toByteArray();
        }
    }
}
