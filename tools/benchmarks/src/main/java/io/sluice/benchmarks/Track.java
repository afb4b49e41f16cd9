package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Speed;
import java.util.ArrayList;
import java.util.List;

/** A contender, and its rows a second by round. */
record Track(String name, List<Double> speeds) {

    Track(String name) {
        this(name, new ArrayList<>());
    }

    void add(double perSecond) {
        speeds.add(perSecond);
        ProgressLog.log("%s: %,.0f rows/s".formatted(name, perSecond));
    }

    Speed with(Cores cores) {
        return new Speed(name, Spread.of(speeds), cores.average());
    }
}
