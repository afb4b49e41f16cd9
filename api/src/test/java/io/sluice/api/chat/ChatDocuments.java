package io.sluice.api.chat;

import io.sluice.api.search.SearchedDocuments;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Documents that questions are asked about. */
@ApplicationScoped
public class ChatDocuments {

    static final String ADULTS = "Adults may take up to 4 g of paracetamol in 24 hours.";
    static final String CHILDREN = "Children take 15 mg of paracetamol for each kilogram, four times a day at most.";

    private final SearchedDocuments documents;

    ChatDocuments(SearchedDocuments documents) {
        this.documents = documents;
    }

    /** Deletes all, and stores one of the caller's about paracetamol, and one about other things; gives the id of the first. */
    public UUID storeAnew() {
        documents.execute("delete from documents");
        documents.store(
                "anonymous",
                "private",
                "Ibuprofen is taken with food. It may upset the stomach.",
                "The ward is open from nine to five. Visitors wash their hands in the capital letter room.",
                "Aspirin thins the blood. Drink a cup of water with each tablet.",
                "Wash your hands before and after each meal, for twenty seconds.");
        return documents.store(
                "anonymous", "private", "Paracetamol relieves pain. " + ADULTS + " Do not take more.", CHILDREN);
    }

    public UUID store(String owner, String visibility, String... passages) {
        return documents.store(owner, visibility, passages);
    }

    public void execute(String sql, Object... parameters) {
        documents.execute(sql, parameters);
    }
}
