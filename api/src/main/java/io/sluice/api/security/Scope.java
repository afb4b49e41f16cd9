package io.sluice.api.security;

import java.util.Set;

/**
 * Scopes of tokens: the words of the claim {@code scope}, and so of {@code @PermissionsAllowed}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-4.2">RFC 8693, section 4.2</a>
 */
public final class Scope {

    /** Reading and listing messages. */
    public static final String MESSAGES_READ = "messages:read";

    /** Posting messages. */
    public static final String MESSAGES_WRITE = "messages:write";

    /** Erasing the messages and dead letters of a key. */
    public static final String MESSAGES_ERASE = "messages:erase";

    /** Having stored messages sent to the topic again. */
    public static final String MESSAGES_REPLAY = "messages:replay";

    /** Reading dead letters, which show messages and who sent them, sending them again, and putting them away. */
    public static final String DEAD_LETTERS_MANAGE = "dead-letters:manage";

    /** Making, reading, changing and deleting tasks of one's own. */
    public static final String TASKS = "tasks";

    /** Reading and listing images of one's own, and what was found in them. */
    public static final String IMAGES_READ = "images:read";

    /** Uploading images, having them analysed again, and deleting those of one's own. */
    public static final String IMAGES_WRITE = "images:write";

    /** Reading and listing documents of one's own and their passages, and reading those that others share. */
    public static final String DOCUMENTS_READ = "documents:read";

    /** Uploading documents, and changing, replacing and deleting those of one's own. */
    public static final String DOCUMENTS_WRITE = "documents:write";

    /** Asking questions, which are answered from the documents that the caller can read. */
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
