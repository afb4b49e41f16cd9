package io.sluice.worker.documents;

import io.sluice.documents.DocumentParser;
import io.sluice.documents.PassageSize;
import io.sluice.embedding.Embedder;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The one parser of this program, whose passages are as long as the embedding model reads, at most. */
@Dependent
class DocumentParserProducer {

    @Produces
    @Singleton
    DocumentParser parser(Embedder embedder) {
        return new DocumentParser(new PassageSize(embedder.maxTokens(), embedder::count));
    }
}
