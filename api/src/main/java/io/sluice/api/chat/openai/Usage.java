package io.sluice.api.chat.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Length of a question and its answer in tokens, by estimate: a token for each four bytes of UTF-8. What it has cost is not told by it. */
record Usage(
        @JsonProperty("prompt_tokens") int promptTokens,
        @JsonProperty("completion_tokens") int completionTokens,
        @JsonProperty("total_tokens") int totalTokens) {

    private static final int BYTES_A_TOKEN = 4;

    static Usage of(String question, int answerBytes) {
        int prompt = tokens(bytes(question));
        int completion = tokens(answerBytes);
        return new Usage(prompt, completion, prompt + completion);
    }

    static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    private static int tokens(int bytes) {
        return (bytes + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
    }
}
