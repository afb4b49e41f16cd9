package io.sluice.retrieval;

/** Who can read a document. */
public final class DocumentAccess {

    /**
     * Condition on a row of {@code documents}, with the caller as both of its parameters: the document is the caller's, or shared by one of the
     * same issuer. As the column {@code issuer} is made of the owner.
     */
    public static final String READABLE =
            "(owner = ? or visibility = 'shared' and issuer = regexp_replace(?, '[^/]*$', ''))";

    private DocumentAccess() {}
}
