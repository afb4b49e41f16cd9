package io.sluice.api.chat.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A model, as clients are to name it.
 *
 * @param created seconds since 1970
 * @see <a href="https://platform.openai.com/docs/api-reference/models/object">OpenAI, the model object</a>
 */
record Model(String id, String object, long created, @JsonProperty("owned_by") String ownedBy) {

    /** The only one: answers from the documents, whichever way the deployment makes them. */
    static final Model SLUICE = new Model("sluice", "model", 1_764_374_400, "sluice");

    /** All of them. */
    record All(String object, List<Model> data) {

        static final All LIST = new All("list", List.of(SLUICE));
    }
}
