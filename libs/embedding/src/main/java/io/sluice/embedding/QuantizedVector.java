package io.sluice.embedding;

/**
 * Vectors in a byte for each dimension, a quarter of what they take as floats. Only their direction is kept, which is all that a cosine depends
 * on, so that no scale has to be stored with them.
 */
public final class QuantizedVector {

    static final int LARGEST = Byte.MAX_VALUE;

    private QuantizedVector() {}

    /**
     * Rounds a vector, so that its largest component becomes 127 or -127.
     *
     * @throws IllegalArgumentException if the vector has no direction
     */
    public static byte[] of(float[] vector) {
        float largest = 0;
        for (float value : vector) {
            largest = Math.max(largest, Math.abs(value));
        }
        if (!(largest > 0) || Float.isInfinite(largest)) {
            throw new IllegalArgumentException("a vector of zeros, or of what is no number, has no direction");
        }
        byte[] rounded = new byte[vector.length];
        for (int i = 0; i < vector.length; i++) {
            rounded[i] = (byte) Math.round(vector[i] / largest * LARGEST);
        }
        return rounded;
    }

    static float length(byte[] vector) {
        double squares = 0;
        for (byte value : vector) {
            squares += value * value;
        }
        return (float) Math.sqrt(squares);
    }
}
