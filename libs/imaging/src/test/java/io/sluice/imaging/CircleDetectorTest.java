package io.sluice.imaging;

import static io.sluice.imaging.Drawing.disc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CircleDetectorTest {

    private static BufferedImage image(int width, int height, Consumer<Graphics2D> content) {
        return Drawing.on(Color.GRAY, width, height, content);
    }

    @ParameterizedTest
    @CsvSource({"80.5, 60.25, 12, 255", "100, 90, 40.5, 0", "150, 120, 110, 200"})
    void findsCentreAndRadiusOfABrightOrDarkDisc(double x, double y, double radius, int gray) {
        // When
        List<Circle> found = CircleDetector.detect(
                image(300, 240, graphics -> disc(graphics, x, y, radius, new Color(gray, gray, gray))));

        // Then
        assertThat(found).singleElement().satisfies(circle -> {
            assertThat(circle.x()).isCloseTo(x, within(0.3));
            assertThat(circle.y()).isCloseTo(y, within(0.3));
            assertThat(circle.radius()).isCloseTo(radius, within(0.02 * radius));
            assertThat(circle.score()).isBetween(0.9, 1.0);
        });
    }

    @Test
    void ofConcentricRingsTheOuterOneIsTheThing() {
        // When
        List<Circle> found = CircleDetector.detect(image(200, 200, graphics -> {
            disc(graphics, 100, 100, 60, Color.LIGHT_GRAY);
            graphics.setStroke(new BasicStroke(3));
            graphics.setColor(Color.WHITE);
            graphics.draw(new Ellipse2D.Double(55, 55, 90, 90));
        }));

        // Then
        assertThat(found).singleElement().satisfies(circle -> assertThat(circle.radius())
                .isCloseTo(60, within(1.2)));
    }

    @Test
    void aDiscThatGoesBeyondTheImageIsFoundAsAWhole() {
        // When
        List<Circle> found =
                CircleDetector.detect(image(200, 200, graphics -> disc(graphics, 190, 100, 50, Color.WHITE)));

        // Then
        assertThat(found).singleElement().satisfies(circle -> {
            assertThat(circle.x() + circle.radius()).isGreaterThan(220);
            assertThat(circle.score()).isLessThan(0.95);
        });
    }

    @Test
    void theBestSeenIsFirst() {
        // When
        List<Circle> found = CircleDetector.detect(image(300, 200, graphics -> {
            disc(graphics, 220, 100, 50, Color.WHITE);
            graphics.setColor(Color.GRAY);
            graphics.fillRect(215, 40, 10, 120);
            disc(graphics, 80, 100, 50, Color.WHITE);
        }));

        // Then
        assertThat(found).hasSize(2);
        assertThat(found.get(0).x()).isCloseTo(80, within(1.0));
    }

    @Test
    void aSquareIsNoCircle() {
        assertThat(CircleDetector.detect(image(200, 200, graphics -> {
                    graphics.setColor(Color.WHITE);
                    graphics.fillRect(60, 60, 60, 60);
                })))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 13})
    void anImageWithoutRoomForACircleHasNone(int side) {
        assertThat(CircleDetector.detect(image(side, side, graphics -> disc(graphics, 2, 2, 2, Color.WHITE))))
                .isEmpty();
    }
}
