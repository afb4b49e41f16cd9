package io.sluice.benchmarks;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Some measured values: what lies in their middle, and between which bounds they are.
 *
 * @param values in the order of the rounds; at least one
 */
record Spread(List<Double> values, double median, double least, double most) {

    static Spread of(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(List.copyOf(values), median, sorted[0], sorted[sorted.length - 1]);
    }

    /** These values as parts of others, round by round: what disturbs a round disturbs both, so each ratio is of one round. */
    Spread dividedBy(Spread other) {
        if (values.size() != other.values.size()) {
            throw new IllegalArgumentException("not the same rounds");
        }
        return of(IntStream.range(0, values.size())
                .mapToObj(round -> values.get(round) / other.values.get(round))
                .toList());
    }
}
