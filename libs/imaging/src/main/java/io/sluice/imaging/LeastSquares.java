package io.sluice.imaging;

import java.util.Optional;

/**
 * Fit of a circle to points: {@code x² + y² = 2ax + 2by + c} is linear in centre (a, b) and c = r² - a² - b² (I. Kåsa, A circle fitting
 * procedure and its error analysis, 1976).
 */
final class LeastSquares {

    private static final double SINGULAR = 1e-9;

    private final double[][] normal = new double[3][4];
    private int points;

    record Fitted(double x, double y, double radius) {}

    void add(double x, double y) {
        double[] row = {x, y, 1, x * x + y * y};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                normal[i][j] += row[i] * row[j];
            }
        }
        points++;
    }

    int points() {
        return points;
    }

    /** The circle; empty where the points are on a line. */
    Optional<Fitted> circle() {
        for (int column = 0; column < 3; column++) {
            swap(column, pivot(column));
            if (Math.abs(normal[column][column]) < SINGULAR) {
                return Optional.empty();
            }
            eliminate(column);
        }
        double x = normal[0][3] / normal[0][0] / 2;
        double y = normal[1][3] / normal[1][1] / 2;
        double squared = normal[2][3] / normal[2][2] + x * x + y * y;
        return squared > 0 ? Optional.of(new Fitted(x, y, Math.sqrt(squared))) : Optional.empty();
    }

    private int pivot(int column) {
        int pivot = column;
        for (int row = column + 1; row < 3; row++) {
            if (Math.abs(normal[row][column]) > Math.abs(normal[pivot][column])) {
                pivot = row;
            }
        }
        return pivot;
    }

    private void swap(int one, int other) {
        double[] row = normal[one];
        normal[one] = normal[other];
        normal[other] = row;
    }

    private void eliminate(int column) {
        for (int row = 0; row < 3; row++) {
            double factor = row == column ? 0 : normal[row][column] / normal[column][column];
            for (int k = column; k < 4; k++) {
                normal[row][k] -= factor * normal[column][k];
            }
        }
    }
}
