package io.sluice.chaos;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A report as a picture (SVG): above, how many events were acknowledged, stored and retried in each second; below, a line for each
 * process and network with its faults. A fault is a bar, and the thin line behind it lasts until events flowed again.
 */
record Timeline(Report report) {

    private static final int LEFT = 190;
    private static final int RIGHT = 130;
    private static final int LEAST_WIDTH = 1_000;
    private static final double LEAST_SECOND = 4;
    private static final int CURVES_TOP = 70;
    private static final int CURVES_HEIGHT = 160;
    private static final int LANES_TOP = CURVES_TOP + CURVES_HEIGHT + 50;
    private static final int LANE = 22;
    private static final int BAR = 14;
    private static final int BOTTOM = LANES_TOP + LANE * Target.values().length;
    private static final int SHORT_SECONDS = 180;

    private static final String STYLE =
            """
            <style>
              text { font: 12px system-ui, sans-serif; fill: #24292f }
              .title { font-size: 16px; font-weight: 600 }
              .small { font-size: 10px }
              .grid { stroke: #d8dee4 }
              .acknowledged { stroke: #0969da; fill: none; stroke-width: 1.5 }
              .stored { stroke: #1a7f37; fill: none; stroke-width: 1.5 }
              .retried { stroke: #cf222e; fill: none; stroke-width: 1.5 }
              .process { fill: #cf222e }
              .network { fill: #bf8700 }
              .recovery { stroke: #24292f; stroke-width: 2 }
              .broken { fill: #cf222e; font-weight: 600 }
            </style>
            """;

    String svg() {
        StringBuilder svg = new StringBuilder();
        double width = LEFT + seconds() * second() + RIGHT;
        add(
                svg,
                "<svg xmlns='http://www.w3.org/2000/svg' width='%.0f' height='%d' viewBox='0 0 %.0f %d'>",
                width,
                BOTTOM + 30,
                width,
                BOTTOM + 30);
        svg.append(STYLE);
        add(svg, "<rect width='100%%' height='100%%' fill='white'/>");
        heading(svg);
        grid(svg);
        curve(svg, "retried", report.seconds().retried());
        curve(svg, "acknowledged", report.seconds().acknowledged());
        curve(svg, "stored", report.seconds().stored());
        lanes(svg);
        report.incidents().forEach(incident -> incident(svg, incident));
        return svg.append("</svg>\n").toString();
    }

    private void heading(StringBuilder svg) {
        add(
                svg,
                "<text class='title' x='20' y='28'>Seed %d: %d faults, %d events, %d changes of tasks and %d images"
                        + " acknowledged, %d stored</text>",
                report.seed(),
                report.incidents().size(),
                report.acknowledged(),
                report.changes(),
                report.images(),
                report.stored());
        String verdict = report.promiseHolds()
                ? "The promise holds; longest recovery %.1f s."
                        .formatted(report.slowest().map(Incident::recovery).orElse(0.0))
                : "The promise is broken: " + report.violationsByRule().keySet() + ".";
        add(svg, "<text class='%s' x='20' y='50'>%s</text>", report.promiseHolds() ? "holds" : "broken", verdict);
    }

    private void grid(StringBuilder svg) {
        int tick = seconds() < SHORT_SECONDS ? 10 : 30;
        for (int second = 0; second <= seconds(); second += tick) {
            add(
                    svg,
                    "<line class='grid' x1='%.1f' y1='%d' x2='%.1f' y2='%d'/>",
                    x(second),
                    CURVES_TOP,
                    x(second),
                    BOTTOM);
            add(
                    svg,
                    "<text class='small' x='%.1f' y='%d' text-anchor='middle'>%d s</text>",
                    x(second),
                    BOTTOM + 16,
                    second);
        }
        add(svg, "<text x='20' y='%d'>events/s, at most %d</text>", CURVES_TOP + 12, most());
        int y = CURVES_TOP + 36;
        for (String name : new String[] {"acknowledged", "stored", "retried"}) {
            add(svg, "<line class='%s' x1='20' y1='%d' x2='44' y2='%d'/>", name, y, y);
            add(svg, "<text x='52' y='%d'>%s</text>", y + 4, name);
            y += 20;
        }
    }

    private void curve(StringBuilder svg, String name, Map<Integer, Integer> bySecond) {
        StringBuilder points = new StringBuilder();
        for (int second = 0; second < seconds(); second++) {
            add(points, "%.1f,%.1f", x(second + 0.5), y(bySecond.getOrDefault(second, 0)));
        }
        add(
                svg,
                "<polyline class='%s' points='%s'/>",
                name,
                points.toString().strip().replace('\n', ' '));
    }

    private void lanes(StringBuilder svg) {
        for (Target target : Target.values()) {
            int y = laneY(target);
            add(svg, "<text x='20' y='%d'>%s</text>", y + BAR - 3, target.label());
            add(
                    svg,
                    "<line class='grid' x1='%d' y1='%d' x2='%.1f' y2='%d'/>",
                    LEFT,
                    y + BAR / 2,
                    x(seconds()),
                    y + BAR / 2);
        }
    }

    private void incident(StringBuilder svg, Incident incident) {
        Fault fault = incident.fault();
        int y = laneY(fault.target());
        double flows = incident.flows() == null ? seconds() : incident.flows();
        add(svg, "<g><title>%s; recovery %.1f s</title>", fault, incident.recovery());
        add(
                svg,
                "<rect class='%s' x='%.1f' y='%d' width='%.1f' height='%d'/>",
                fault.target().isLink() ? "network" : "process",
                x(incident.begin()),
                y,
                Math.max(1, x(incident.back()) - x(incident.begin())),
                BAR);
        add(
                svg,
                "<line class='recovery' x1='%.1f' y1='%d' x2='%.1f' y2='%d'/>",
                x(incident.back()),
                y + BAR / 2,
                x(flows),
                y + BAR / 2);
        add(
                svg,
                "<text class='small' x='%.1f' y='%d'>%s, %.1f s</text></g>",
                x(flows) + 3,
                y + BAR - 4,
                fault.type().label(),
                incident.recovery());
    }

    private static int laneY(Target target) {
        return LANES_TOP + LANE * List.of(Target.values()).indexOf(target);
    }

    private double x(double second) {
        return LEFT + second * second();
    }

    private double y(int events) {
        return CURVES_TOP + CURVES_HEIGHT * (1 - events / (double) most());
    }

    /** The height of all curves. */
    private int most() {
        Report.Seconds all = report.seconds();
        return Map.of(1, all.acknowledged(), 2, all.retried(), 3, all.stored()).values().stream()
                .flatMap(bySecond -> bySecond.values().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(1);
    }

    /** The width of a second. */
    private double second() {
        return Math.max(LEAST_SECOND, LEAST_WIDTH / seconds());
    }

    /** The duration that the picture shows, in seconds. */
    private double seconds() {
        int last = report.seconds().stored().keySet().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        return Math.max(last + 1, report.duration().toSeconds());
    }

    private static void add(StringBuilder svg, String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
