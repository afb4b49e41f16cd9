package io.sluice.documents;

import java.util.Map;
import java.util.TreeMap;

/** Numbers of letters by their size. */
final class GlyphSizes {

    /** More are counted as the nearest ones: no document needs them. */
    private static final int MAX_SIZES = 200;

    private final TreeMap<Integer, Integer> letters = new TreeMap<>();

    boolean isEmpty() {
        return letters.isEmpty();
    }

    void clear() {
        letters.clear();
    }

    /** Counts a letter; sizes are in points. */
    void add(float size) {
        add(size, 1);
    }

    void add(float size, int count) {
        int halves = Math.round(Math.min(size, 10_000) * 2);
        Integer key = letters.size() < MAX_SIZES || letters.containsKey(halves)
                ? Integer.valueOf(halves)
                : letters.floorKey(halves);
        letters.merge(key == null ? letters.firstKey() : key, count, Integer::sum);
    }

    /** The size that most letters have, to half a point; 0 if there are none. */
    float most() {
        return letters.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElse(0)
                / 2f;
    }
}
