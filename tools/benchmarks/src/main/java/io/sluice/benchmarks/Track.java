package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Speed;
import java.util.ArrayList;
import java.util.List;

/** A contender, and its rows a second by round. */
record Track(String name, List<Double> speeds) {

    Track(String name) {
        this(name, new ArrayList<>());
    }

    /** The speed of a contender that is measured once. */
    static Speed once(String name, double perSecond, Cores cores) {
        Track track = new Track(name);
        track.add(perSecond);
        return track.with(cores);
    }

    void add(double perSecond) {
        speeds.add(perSecond);
        ProgressLog.log("%s: %,.0f rows/s".formatted(name, perSecond));
    }

    Speed with(Cores cores) {
        return new Speed(name, Spread.of(speeds), cores.average());
    }
}
