package io.sluice.retrieval;

/** Rule by which a caller can read a document. */
public final class DocumentAccess {

    /**
     * Condition on a row of {@code documents}, with the caller as both of its parameters: the document is the caller's, or shared by one of the
     * same issuer. As the column {@code issuer} is made of the owner.
     */
    public static final String READABLE =
            "(owner = ? or visibility = 'shared' and issuer = regexp_replace(?, '[^/]*$', ''))";

    private DocumentAccess() {}

    /**
     * Issuer that has named a caller, as the column {@code issuer} has it.
     *
     * @param caller name in full
     * @return what stands before the name's last part, the slash included; empty if nothing does
     */
    public static String issuer(String caller) {
        return caller.substring(0, caller.lastIndexOf('/') + 1);
    }
}
