package io.sluice.imaging;

import java.awt.Color;
import java.awt.Graphics2D;

/** Numbers, of digits of 3 by 5 squares: text of Java needs fonts of the system, which a container may lack. */
final class Digits {

    private static final int WIDTH = 3;
    private static final int HEIGHT = 5;

    /** Rows of each digit from the top; the highest of three bits is the left square. */
    private static final int[][] SQUARES = {
        {7, 5, 5, 5, 7},
        {2, 6, 2, 2, 7},
        {7, 1, 7, 4, 7},
        {7, 1, 7, 1, 7},
        {5, 5, 7, 1, 1},
        {7, 4, 7, 1, 7},
        {7, 4, 7, 5, 7},
        {7, 1, 1, 1, 1},
        {7, 5, 7, 5, 7},
        {7, 5, 7, 1, 7},
    };

    private Digits() {}

    /** Draws a number white on black in the middle of a circle. */
    static void draw(Graphics2D graphics, int number, Circle around, int square) {
        String digits = Integer.toString(number);
        int width = (digits.length() * (WIDTH + 1) + 1) * square;
        int height = (HEIGHT + 2) * square;
        int left = (int) Math.round(around.x() - width / 2.0);
        int top = (int) Math.round(around.y() - height / 2.0);
        graphics.setColor(Color.BLACK);
        graphics.fillRect(left, top, width, height);
        graphics.setColor(Color.WHITE);
        for (int i = 0; i < digits.length(); i++) {
            draw(
                    graphics,
                    SQUARES[digits.charAt(i) - '0'],
                    left + (i * (WIDTH + 1) + 1) * square,
                    top + square,
                    square);
        }
    }

    private static void draw(Graphics2D graphics, int[] rows, int left, int top, int square) {
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                if ((rows[row] >> (WIDTH - 1 - column) & 1) == 1) {
                    graphics.fillRect(left + column * square, top + row * square, square, square);
                }
            }
        }
    }
}
