package io.sluice.imaging;

/** Sense of a rim's gradient, which points to what is brighter. */
enum Polarity {
    BRIGHT_ON_DARK(1),
    DARK_ON_BRIGHT(-1);

    private final int sign;

    Polarity(int sign) {
        this.sign = sign;
    }

    /** Factor of the gradient that makes it point to the centre. */
    int sign() {
        return sign;
    }
}
