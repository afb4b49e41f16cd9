package io.sluice.testkit;

import io.sluice.contract.json.JsonStrings;
import java.util.Map;

/** Events of a stream as providers send them. */
enum ModelWire {
    /** Chat completions. */
    OPENAI {
        @Override
        String begin() {
            return chunk("{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}");
        }

        @Override
        String text(String part) {
            return chunk("{\"index\":0,\"delta\":{\"content\":%s},\"finish_reason\":null}".formatted(quoted(part)));
        }

        @Override
        String end(String reason) {
            return chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}".formatted(reason))
                    + data(
                            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                                    + "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}}")
                    + data("[DONE]");
        }

        @Override
        String error(String error) {
            return data(error);
        }

        private String chunk(String choice) {
            return data(
                    "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":["
                            + choice + "]}");
        }
    },
    /** Messages. */
    ANTHROPIC {
        @Override
        String begin() {
            return event(
                            "message_start",
                            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
                                    + "\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":11,\"output_tokens\":1}}}")
                    + event(
                            "content_block_start",
                            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}")
                    + event("ping", "{\"type\": \"ping\"}");
        }

        @Override
        String text(String part) {
            return event(
                    "content_block_delta",
                    "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":%s}}"
                            .formatted(quoted(part)));
        }

        @Override
        String end(String reason) {
            String stop = Map.of("stop", "end_turn", "length", "max_tokens", "content_filter", "refusal")
                    .getOrDefault(reason, reason);
            return event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
                    + event(
                            "message_delta",
                            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":7}}"
                                    .formatted(stop))
                    + event("message_stop", "{\"type\":\"message_stop\"}");
        }

        @Override
        String error(String error) {
            return event("error", error);
        }
    },
    /** {@code streamGenerateContent?alt=sse}. Its lines end as Google's do. */
    GEMINI {
        @Override
        String begin() {
            return "";
        }

        @Override
        String text(String part) {
            return candidate("\"content\":{\"parts\":[{\"text\":%s}],\"role\":\"model\"},".formatted(quoted(part)));
        }

        @Override
        String end(String reason) {
            String finish = Map.of("stop", "STOP", "length", "MAX_TOKENS", "content_filter", "SAFETY")
                    .getOrDefault(reason, reason);
            return candidate("\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},\"finishReason\":\"%s\","
                    .formatted(finish));
        }

        @Override
        String error(String error) {
            return data(error).replace("\n", "\r\n");
        }

        private String candidate(String fields) {
            return data("{\"candidates\":[{" + fields + "\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":11,"
                            + "\"candidatesTokenCount\":7,\"totalTokenCount\":18},\"modelVersion\":\"m\"}")
                    .replace("\n", "\r\n");
        }
    };

    static ModelWire of(String path) {
        if (path.endsWith("/chat/completions")) {
            return OPENAI;
        }
        if (path.endsWith("/messages")) {
            return ANTHROPIC;
        }
        // Without it the real one does not stream events.
        if (path.endsWith(":streamGenerateContent?alt=sse")) {
            return GEMINI;
        }
        throw new IllegalArgumentException("No provider has the path " + path);
    }

    /** Events before the text. */
    abstract String begin();

    /** Events with a part of the text. */
    abstract String text(String part);

    /** Events that say that the answer has ended. */
    abstract String end(String reason);

    /** An event with an error in JSON. */
    abstract String error(String error);

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder();
        JsonStrings.quote(text, json);
        return json.toString();
    }

    private static String data(String json) {
        return "data: " + json + "\n\n";
    }

    private static String event(String name, String json) {
        return "event: " + name + "\n" + data(json);
    }
}
