package io.sluice.llm.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.llm.Prompt;
import java.util.Map;

/** Protocol of a provider: a POST that is answered by a stream of server-sent events. */
public interface Protocol {

    /** Path behind the provider's base URL, with a slash before it. */
    String path(String model);

    /** Headers in which the provider expects the key. */
    Map<String, String> authorization(String key);

    /** Headers that the provider expects besides. */
    Map<String, String> headers();

    /** Body of the request. */
    ObjectNode request(String model, Prompt prompt);

    /** Reader of one response. */
    AnswerReader reader();
}
