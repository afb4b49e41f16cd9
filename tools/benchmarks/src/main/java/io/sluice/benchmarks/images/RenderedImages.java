package io.sluice.benchmarks.images;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Images with discs, as many as are asked for; the same for the same seed. */
public final class RenderedImages {

    private static final int LEAST_SIDE = 300;
    private static final int MOST_SIDE = 512;
    private static final int MOST_DISCS = 9;
    private static final double LEAST_RADIUS = 10;
    private static final double MOST_RADIUS = 75;

    private final Random random;
    private final Condition condition;
    private final int width;
    private final int height;
    private final int background;
    private final BufferedImage image;
    private final Graphics2D graphics;
    private final List<Rectangle2D> boxes = new ArrayList<>();

    /** Difficulty of an image. */
    public enum Condition {
        PLAIN(true),
        NOISE(true),
        LOW_CONTRAST(true),
        OVERLAP(true),
        OCCLUSION(true),
        CROPPED(true),
        TEXTURE(true),
        OTHER_SHAPES(true),
        EMPTY(false),
        EMPTY_NOISE(false),
        EMPTY_TEXTURE(false),
        EMPTY_OTHER_SHAPES(false);

        private final boolean discs;

        Condition(boolean discs) {
            this.discs = discs;
        }

        /** True where there is something to be found. */
        public boolean hasDiscs() {
            return discs;
        }
    }

    private RenderedImages(Random random, Condition condition) {
        this.random = random;
        this.condition = condition;
        this.width = LEAST_SIDE + random.nextInt(MOST_SIDE - LEAST_SIDE + 1);
        this.height = LEAST_SIDE + random.nextInt(MOST_SIDE - LEAST_SIDE + 1);
        this.background = 70 + random.nextInt(120);
        this.image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        this.graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    /** Images under a condition. */
    public static Stream<LabelledImage> of(Condition condition, int count, long seed) {
        return new Random(31 * seed + condition.name().hashCode())
                .longs(count)
                .mapToObj(image -> new RenderedImages(new Random(image), condition).render());
    }

    private LabelledImage render() {
        drawBackground();
        switch (condition) {
            case TEXTURE, EMPTY_TEXTURE -> drawTexture();
            case OTHER_SHAPES, EMPTY_OTHER_SHAPES -> drawOtherShapes();
            case PLAIN, NOISE, LOW_CONTRAST, OVERLAP, OCCLUSION, CROPPED, EMPTY, EMPTY_NOISE -> {}
        }
        if (condition.hasDiscs()) {
            drawDiscs();
        }
        graphics.dispose();
        addNoise(condition == Condition.NOISE || condition == Condition.EMPTY_NOISE ? 12 : 2.5);
        return new LabelledImage(() -> image, boxes);
    }

    /** Lit from one side. */
    private void drawBackground() {
        graphics.setPaint(new GradientPaint(
                0,
                0,
                gray(background + random.nextInt(31) - 15),
                width,
                height,
                gray(background + random.nextInt(31) - 15)));
        graphics.fillRect(0, 0, width, height);
    }

    private void drawTexture() {
        for (int i = 0; i < 700; i++) {
            double x = random.nextDouble() * width;
            double y = random.nextDouble() * height;
            graphics.setColor(gray(background + random.nextInt(61) - 30));
            graphics.setStroke(new BasicStroke(1 + random.nextFloat() * 4));
            graphics.draw(new Line2D.Double(x, y, x + random.nextGaussian() * 25, y + random.nextGaussian() * 25));
        }
    }

    private void drawOtherShapes() {
        for (int i = 0; i < 6; i++) {
            double size = 25 + random.nextDouble() * 60;
            double x = random.nextDouble() * (width - size);
            double y = random.nextDouble() * (height - size);
            AffineTransform upright = graphics.getTransform();
            graphics.rotate(random.nextDouble() * Math.PI, x + size / 2, y + size / 2);
            graphics.setColor(gray(random.nextInt(256)));
            switch (random.nextInt(3)) {
                case 0 -> graphics.fill(new Rectangle2D.Double(x, y, size, size * (0.5 + random.nextDouble() / 2)));
                case 1 -> graphics.fill(new RoundRectangle2D.Double(x, y, size, size * 0.6, size / 5, size / 5));
                default -> graphics.fill(new Ellipse2D.Double(x, y, size, size * 0.55));
            }
            graphics.setTransform(upright);
        }
    }

    private void drawDiscs() {
        int wanted = 2 + random.nextInt(MOST_DISCS - 1);
        for (int tries = 0; boxes.size() < wanted && tries < 400; tries++) {
            double radius = LEAST_RADIUS + Math.pow(random.nextDouble(), 1.5) * (MOST_RADIUS - LEAST_RADIUS);
            double margin = condition == Condition.CROPPED ? -0.6 * radius : 4;
            double x = radius + margin + random.nextDouble() * (width - 2 * (radius + margin));
            double y = radius + margin + random.nextDouble() * (height - 2 * (radius + margin));
            if (boxes.stream().allMatch(other -> isApart(other, x, y, radius))) {
                drawDisc(x, y, radius);
                boxes.add(new Rectangle2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
            }
        }
        if (condition == Condition.OCCLUSION) {
            boxes.forEach(this::cover);
        }
    }

    private boolean isApart(Rectangle2D other, double x, double y, double radius) {
        double distance = Math.hypot(other.getCenterX() - x, other.getCenterY() - y);
        double both = radius + other.getWidth() / 2;
        return distance > (condition == Condition.OVERLAP ? 0.72 * both : both + 4);
    }

    /** Shaded as a coin is, and one in three with a ring. */
    private void drawDisc(double x, double y, double radius) {
        int contrast = condition == Condition.LOW_CONTRAST ? 16 + random.nextInt(10) : 38 + random.nextInt(50);
        int brightness = background + (random.nextBoolean() ? contrast : -contrast);
        graphics.setPaint(new RadialGradientPaint(
                (float) (x - radius / 4),
                (float) (y - radius / 4),
                (float) (1.5 * radius),
                new float[] {0, 1},
                new Color[] {gray(brightness + 4), gray(brightness - 4)}));
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        if (radius > 20 && random.nextInt(3) == 0) {
            double ring = 0.82 * radius;
            graphics.setColor(gray(brightness + 18));
            graphics.setStroke(new BasicStroke(2));
            graphics.draw(new Ellipse2D.Double(x - ring, y - ring, 2 * ring, 2 * ring));
        }
    }

    /** Hides about a fifth of the rim behind a bar. */
    private void cover(Rectangle2D box) {
        AffineTransform upright = graphics.getTransform();
        graphics.rotate(random.nextDouble() * 2 * Math.PI, box.getCenterX(), box.getCenterY());
        graphics.setColor(gray(random.nextInt(256)));
        graphics.fill(new Rectangle2D.Double(
                box.getCenterX() + 0.3 * box.getWidth(),
                box.getCenterY() - 0.3 * box.getHeight(),
                0.3 * box.getWidth(),
                0.6 * box.getHeight()));
        graphics.setTransform(upright);
    }

    private void addNoise(double deviation) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int gray = image.getRGB(x, y) & 0xff;
                image.setRGB(
                        x,
                        y,
                        gray((int) Math.round(gray + random.nextGaussian() * deviation))
                                .getRGB());
            }
        }
    }

    private static Color gray(int brightness) {
        int level = Math.max(0, Math.min(255, brightness));
        return new Color(level, level, level);
    }
}
