package io.sluice.api.chat;

import io.sluice.api.database.Sql;
import io.sluice.api.search.SearchedDocuments;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Documents that questions are asked about. */
@ApplicationScoped
public class ChatDocuments {

    public static final String ADULTS = "Adults may take up to 4 g of paracetamol in 24 hours.";
    public static final String CHILDREN =
            "Children take 15 mg of paracetamol for each kilogram, four times a day at most.";

    private final SearchedDocuments documents;
    private final Sql sql;

    ChatDocuments(SearchedDocuments documents, Sql sql) {
        this.documents = documents;
        this.sql = sql;
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

    /** The answer of a worker that ranks all passages, those of the last document first. */
    public String ranking(String mode) {
        List<String> passages = sql.query(
                "select passages.id from passages join documents on documents.id = document_id order by documents.created_at desc, ordinal",
                List.of(),
                rows -> {
                    List<String> ids = new ArrayList<>();
                    while (rows.next()) {
                        ids.add("{\"id\":%d,\"score\":0.5}".formatted(rows.getLong(1)));
                    }
                    return ids;
                });
        return "{\"retrieval\":\"%s\",\"passages\":[%s]}".formatted(mode, String.join(",", passages));
    }

    public void execute(String sql, Object... parameters) {
        documents.execute(sql, parameters);
    }
}
