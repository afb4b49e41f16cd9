package io.sluice.api.messages.list;

import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.response.ResponseChunks;
import io.sluice.api.messages.stored.MessageJson;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A whole list on its way to a client, a line for each message and one that says that these are all. It is read a page at a time, each
 * when the one before is sent; the first one before the answer begins. For one thread at a time.
 */
final class MessageLines implements ResponseChunks {

    /** Most messages of a page. */
    static final int PAGE_MESSAGES = 200;

    /** Most bytes of payload of a page, unless its first message alone has more. */
    static final int PAGE_BYTES = 512 << 10;

    private final MessagePages pages;
    private final DatabaseCalls database;
    private final ListQuery query;
    private final Filter filter;
    private final @Nullable Cursor position;
    private final String caller;
    private final byte[] first;
    private @Nullable Cursor after;
    private long messages;
    private boolean ended;

    /** Reads the first page, and blocks. */
    MessageLines(MessagePages pages, DatabaseCalls database, ListQuery query, String caller) {
        this.pages = pages;
        this.database = database;
        this.query = query;
        this.caller = caller;
        this.after = query.after();
        if (query.order() == Order.ASC) {
            // The same for all pages: what is stored meanwhile is for the next list.
            Instant end = pages.horizon(query.filter());
            this.filter = query.filter().until(end);
            this.position = MessageLists.end(end, query.after());
        } else {
            this.filter = query.filter();
            this.position = null;
        }
        this.first = read();
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public byte[] first() {
        return first;
    }

    @Override
    public boolean isRead() {
        return ended;
    }

    @Override
    public Uni<byte[]> next() {
        return database.readPart(this::read);
    }

    private byte[] read() {
        MessagePages.Page page = pages.page(filter, query.order(), caller, after, PAGE_MESSAGES, PAGE_BYTES);
        messages += page.messages().size();
        after = page.next();
        ended = after == null;
        return MessageJson.ofLines(page.messages(), ended ? last() : "");
    }

    private String last() {
        String count = "{\"end\":true,\"messages\":" + messages;
        return position == null ? count + "}\n" : count + ",\"position\":\"" + query.encode(position) + "\"}\n";
    }
}
