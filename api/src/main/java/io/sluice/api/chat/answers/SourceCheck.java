package io.sluice.api.chat.answers;

import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.search.ReadablePassages;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that the sources of an answer are still there and may still be read. */
@Singleton
public class SourceCheck {

    static final String UNREADABLE = "The database cannot be read for the moment; ask again later.";

    private final ReadablePassages passages;
    private final DatabaseCalls database;

    SourceCheck(ReadablePassages passages, DatabaseCalls database) {
        this.passages = passages;
        this.database = database;
    }

    /** Makes the problem of an answer whose source is gone. */
    public static ProblemException removed() {
        return ProblemException.of(
                ProblemCode.SOURCE_REMOVED,
                "A document that the answer rests on was replaced, deleted or withdrawn meanwhile; ask again.");
    }

    /** Fails with {@link ProblemCode#SOURCE_REMOVED} if a source is gone, or as {@link DatabaseCalls#call}. */
    Uni<Void> check(String caller, List<Source> sources) {
        Set<Long> ids = sources.stream().map(Source::passageId).collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return database.call(() -> passages.among(caller, ids), UNREADABLE)
                .invoke(readable -> {
                    if (!readable.containsAll(ids)) {
                        throw removed();
                    }
                })
                .replaceWithVoid();
    }
}
