package io.sluice.embedding;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Passages of documents in memory, and those among them that are nearest to a question, found exactly: each is compared. A passage takes
 * {@code dimensions + 12} bytes and a document some 250, so that 100,000 passages of 384 dimensions in 2,000 documents take 40 MB.
 *
 * <p>Searches wait for nothing. The passages of a document come, change and go all at once.
 */
public final class VectorIndex {

    private static final Comparator<Hit> NEAREST_FIRST =
            Comparator.comparing(Hit::similarity).reversed().thenComparing(Hit::passage);

    private final int dimensions;
    private final int capacity;
    private final Map<UUID, Document> documents = new ConcurrentHashMap<>();
    private volatile int size;
    private volatile long revision;

    /**
     * A passage.
     *
     * @param id of the passage
     * @param vector as {@link QuantizedVector} makes it
     */
    public record Passage(long id, byte[] vector) {}

    /**
     * A passage that was found.
     *
     * @param document that it is of
     * @param passage its id
     * @param similarity cosine of the angle between it and the question, from -1 to 1
     */
    public record Hit(UUID document, long passage, float similarity) {}

    /**
     * Passages of a document, their vectors one behind the other.
     *
     * @param revision with which it came
     */
    private record Document(String owner, long[] passages, byte[] vectors, float[] lengths, long revision) {}

    /**
     * @param dimensions of the vectors
     * @param capacity number of passages that it holds at most
     */
    public VectorIndex(int dimensions, int capacity) {
        this.dimensions = dimensions;
        this.capacity = capacity;
    }

    /**
     * Puts a document in, in place of what it was before.
     *
     * @param owner of the document, by whom it is found; what several share has an owner of its own
     * @return false if there is no room for it; then it is not in the index, and what it was before is not either
     * @throws IllegalArgumentException if a vector has another number of dimensions
     */
    public synchronized boolean put(UUID id, String owner, List<Passage> passages) {
        Document document = document(owner, passages);
        Document former = documents.get(id);
        int others = size - (former == null ? 0 : former.passages().length);
        if (passages.size() > capacity - others) {
            remove(id);
            return false;
        }
        documents.put(id, document);
        size = others + passages.size();
        revision = document.revision();
        return true;
    }

    /** Takes a document out, if it is in. */
    public synchronized void remove(UUID id) {
        Document former = documents.remove(id);
        if (former != null) {
            size -= former.passages().length;
        }
    }

    /** Number of passages. */
    public int size() {
        return size;
    }

    /** Number of documents that were put in so far; a search that begins now looks at all of them. */
    public long revision() {
        return revision;
    }

    /**
     * Finds the passages of these that a search could not find, since their documents are not in the index, or came later.
     *
     * @param passages their ids
     * @param revision before the search began
     */
    public Set<Long> unknown(Collection<Long> passages, long revision) {
        Set<Long> unknown = new HashSet<>(passages);
        if (!unknown.isEmpty()) {
            long lowest = Collections.min(unknown);
            long highest = Collections.max(unknown);
            for (Document document : documents.values()) {
                if (document.revision() <= revision) {
                    for (long passage : document.passages()) {
                        if (passage >= lowest && passage <= highest) {
                            unknown.remove(passage);
                        }
                    }
                }
            }
        }
        return unknown;
    }

    private Document document(String owner, List<Passage> passages) {
        long[] ids = new long[passages.size()];
        byte[] vectors = new byte[passages.size() * dimensions];
        float[] lengths = new float[passages.size()];
        for (int i = 0; i < ids.length; i++) {
            Passage passage = passages.get(i);
            if (passage.vector().length != dimensions) {
                throw new IllegalArgumentException("a vector of %d dimensions is none of %d: it is of another model"
                        .formatted(passage.vector().length, dimensions));
            }
            ids[i] = passage.id();
            System.arraycopy(passage.vector(), 0, vectors, i * dimensions, dimensions);
            lengths[i] = QuantizedVector.length(passage.vector());
            if (lengths[i] == 0) {
                throw new IllegalArgumentException("a vector of zeros has no direction");
            }
        }
        return new Document(owner, ids, vectors, lengths, revision + 1);
    }

    /**
     * Finds the passages that are nearest to a question.
     *
     * @param question of length 1
     * @param limit number of passages, at most; above 0
     * @param owners whose documents are looked at
     * @param selection of their documents
     * @return nearest first; of two that are as near, the one of the lower id
     */
    public List<Hit> search(float[] question, int limit, Set<String> owners, Predicate<UUID> selection) {
        double scale = scale();
        int[] components = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            components[i] = (int) Math.round(question[i] * scale);
        }
        // The farthest first, since it is the one that has to go.
        PriorityQueue<Hit> nearest = new PriorityQueue<>(NEAREST_FIRST.reversed());
        documents.forEach((id, document) -> {
            if (owners.contains(document.owner()) && selection.test(id)) {
                compare(components, scale, id, document, limit, nearest);
            }
        });
        return nearest.stream().sorted(NEAREST_FIRST).toList();
    }

    /** Largest one with which no product of a question and a passage leaves the range of an int: it is at most that of their lengths. */
    private double scale() {
        return (Integer.MAX_VALUE - dimensions * QuantizedVector.LARGEST)
                / (QuantizedVector.LARGEST * Math.sqrt(dimensions));
    }

    private void compare(
            int[] question, double scale, UUID id, Document document, int limit, PriorityQueue<Hit> nearest) {
        long[] passages = document.passages();
        for (int i = 0; i < passages.length; i++) {
            double product = product(question, document.vectors(), i * question.length);
            float similarity = (float) (product / scale / document.lengths()[i]);
            if (nearest.size() < limit || similarity >= nearest.element().similarity()) {
                nearest.add(new Hit(id, passages[i], similarity));
                if (nearest.size() > limit) {
                    nearest.remove();
                }
            }
        }
    }

    private static int product(int[] question, byte[] vectors, int from) {
        int sum = 0;
        for (int i = 0; i < question.length; i++) {
            sum += question[i] * vectors[from + i];
        }
        return sum;
    }
}
