package io.sluice.worker.documents;

import io.sluice.documents.DocumentParser;
import io.sluice.documents.PassageSize;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The one parser of this program. */
@Dependent
class DocumentParserProducer {

    /** Tokens that common models for retrieval read. */
    private static final int MAX_TOKENS = 256;

    /** Most characters of a token on average, of texts that are mostly words of English. */
    private static final int CHARACTERS = 3;

    @Produces
    @Singleton
    DocumentParser parser() {
        return new DocumentParser(new PassageSize(MAX_TOKENS, text -> (text.length() + CHARACTERS - 1) / CHARACTERS));
    }
}
