package io.sluice.api.security;

import java.util.Set;

/**
 * Scopes of tokens: the words of the claim {@code scope}, and so of {@code @PermissionsAllowed}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-4.2">RFC 8693, section 4.2</a>
 */
public final class Scope {

    /** To read and list messages. */
    public static final String MESSAGES_READ = "messages:read";

    /** To post messages. */
    public static final String MESSAGES_WRITE = "messages:write";

    /** To erase the messages and dead letters of a key. */
    public static final String MESSAGES_ERASE = "messages:erase";

    /** To have stored messages sent to the topic again. */
    public static final String MESSAGES_REPLAY = "messages:replay";

    /** To read dead letters, which show messages and who sent them, to send them again, and to put them away. */
    public static final String DEAD_LETTERS_MANAGE = "dead-letters:manage";

    /** To make, read, change and delete tasks of one's own. */
    public static final String TASKS = "tasks";

    /** To read and list images of one's own, and what was found in them. */
    public static final String IMAGES_READ = "images:read";

    /** To upload images, to have them analysed again, and to delete those of one's own. */
    public static final String IMAGES_WRITE = "images:write";

    /** To read and list documents of one's own and their passages, and to read those that others share. */
    public static final String DOCUMENTS_READ = "documents:read";

    /** To upload documents, and to change, replace and delete those of one's own. */
    public static final String DOCUMENTS_WRITE = "documents:write";

    /** To ask questions, which are answered from the documents that the caller can read. */
    public static final String CHAT = "chat";

    /** All of these. */
    static final Set<String> ALL = Set.of(
            MESSAGES_READ,
            MESSAGES_WRITE,
            MESSAGES_ERASE,
            MESSAGES_REPLAY,
            DEAD_LETTERS_MANAGE,
            TASKS,
            IMAGES_READ,
            IMAGES_WRITE,
            DOCUMENTS_READ,
            DOCUMENTS_WRITE,
            CHAT);

    private Scope() {}
}
