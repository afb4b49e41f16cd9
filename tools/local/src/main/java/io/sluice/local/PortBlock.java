package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A hundred ports reserved by one process, which listens on the first of them. A program takes seconds until it listens
 * on the port that was found for it; meanwhile no other process may find the same.
 */
final class PortBlock implements AutoCloseable {
    private static final int SIZE = 100;

    private final ServerSocket first;
    private int taken;

    private PortBlock(ServerSocket first) {
        this.first = first;
    }

    /**
     * Reserves a random block that no other process has reserved.
     *
     * @param low the lowest port, inclusive
     * @param high the highest port, exclusive
     * @throws StartFailure if there is none
     */
    static PortBlock take(int low, int high) {
        List<Integer> blocks = IntStream.iterate(low, port -> port + SIZE <= high, port -> port + SIZE)
                .boxed()
                .collect(Collectors.toList());
        Collections.shuffle(blocks);
        for (int port : blocks) {
            try {
                return new PortBlock(FreePort.listen(port));
            } catch (IOException another) {
                // Another process has reserved the block.
            }
        }
        throw new StartFailure("All ports between %d and %d are taken, as it seems.".formatted(low, high - 1));
    }

    boolean hasNext() {
        return taken < SIZE - 1;
    }

    int next() {
        taken++;
        return first.getLocalPort() + taken;
    }

    @Override
    public void close() {
        try {
            first.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
