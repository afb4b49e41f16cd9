package io.sluice.api.database;

import java.util.ArrayList;
import java.util.List;

/** Rows as a test sees them. */
public final class Texts {

    private Texts() {}

    /** The first column of each row. */
    public static List<String> of(Sql sql, String query, Object... parameters) {
        return sql.query(query, List.of(parameters), rows -> {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        });
    }
}
