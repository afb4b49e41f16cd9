package io.sluice.api.messages.list;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The orders of a list, by the time at which messages were stored. */
public enum Order {
    /** Newest first. */
    DESC("<", "desc"),
    /** Oldest first: what is stored later never stands before what was read. */
    ASC(">", "asc");

    private final String behind;
    private final String direction;

    Order(String behind, String direction) {
        this.behind = behind;
        this.direction = direction;
    }

    /** The order that clients name so. */
    static Optional<Order> of(String parameter) {
        return Arrays.stream(values())
                .filter(order -> order.parameter().equals(parameter))
                .findFirst();
    }

    /** The name that clients have for it. */
    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The operator for rows that stand behind others. */
    String behind() {
        return behind;
    }

    /** The clause for these columns, {@code stored_at} and {@code seq}. */
    String by(String storedAt, String seq) {
        return "order by %1$s %3$s, %2$s %3$s".formatted(storedAt, seq, direction);
    }
}
