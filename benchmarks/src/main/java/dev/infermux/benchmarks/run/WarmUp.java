package dev.infermux.benchmarks.run;

import java.util.ArrayList;
import java.util.List;

/** How fast a target was, window by window, since it was first loaded. */
final class WarmUp {
  /** Of the most requests a second of all windows. */
  private static final double FULL_SPEED = 0.9;

  private final long began;
  private final List<Point> points = new ArrayList<>();

  private record Point(double seconds, double perSecond) {}

  WarmUp(long beganNanos) {
    this.began = beganNanos;
  }

  void add(long nowNanos, double requestsPerSecond) {
    points.add(new Point((nowNanos - began) / 1e9, requestsPerSecond));
  }

  int windows() {
    return points.size();
  }

  /** Seconds until the end of the first window at full speed; NaN before the first window. */
  double fullSpeedSeconds() {
    double most = points.stream().mapToDouble(Point::perSecond).max().orElse(Double.NaN);
    return points.stream()
        .filter(point -> point.perSecond() >= FULL_SPEED * most)
        .mapToDouble(Point::seconds)
        .findFirst()
        .orElse(Double.NaN);
  }
}
