package dev.infermux.benchmarks.run;

import dev.infermux.benchmarks.load.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Windows in the order in which they were measured. Each is set against the two of one kind beside
 * it, so that what drifts cancels out; those of that kind too, which shows the noise.
 */
final class Neighbours {
  private final String usual;
  private final List<Seen> windows = new ArrayList<>();

  /**
   * One window.
   *
   * @param kind of which there are two beside it or more
   * @param foreign CPUs that other processes used meanwhile
   */
  record Seen(int launch, String kind, Summary latency, double cpuPerRequest, double foreign) {
    double p50() {
      return latency.p50();
    }

    double p99() {
      return latency.p99();
    }
  }

  /** {@code usual} is the kind against which all are set. */
  Neighbours(String usual) {
    this.usual = usual;
  }

  void add(Seen window) {
    windows.add(window);
  }

  String usual() {
    return usual;
  }

  /** By how much p99 is longer, in percent. */
  WindowChanges percent(String kind) {
    return changes(kind, (own, beside) -> (own / beside - 1) * 100);
  }

  /** By how much p99 is longer, in µs. */
  WindowChanges micros(String kind) {
    return changes(kind, (own, beside) -> own - beside);
  }

  double median(String kind, ToDoubleFunction<Seen> figure) {
    return Figures.median(
        windows.stream().filter(window -> window.kind().equals(kind)).mapToDouble(figure));
  }

  double foreign() {
    return Figures.median(windows.stream().mapToDouble(Seen::foreign));
  }

  private WindowChanges changes(String kind, DoubleBinaryOperator change) {
    return new WindowChanges(
        IntStream.range(0, windows.size())
            .filter(i -> windows.get(i).kind().equals(kind))
            .mapToDouble(i -> change.applyAsDouble(windows.get(i).p99(), beside(i))));
  }

  /** The geometric mean of those before and after; NaN without both. */
  private double beside(int at) {
    Seen before = next(at, -1);
    Seen after = next(at, 1);
    return before == null || after == null ? Double.NaN : Math.sqrt(before.p99() * after.p99());
  }

  private @Nullable Seen next(int from, int step) {
    int launch = windows.get(from).launch();
    for (int i = from + step; i >= 0 && i < windows.size(); i += step) {
      Seen window = windows.get(i);
      if (window.launch() != launch) {
        return null;
      }
      if (window.kind().equals(usual)) {
        return window;
      }
    }
    return null;
  }
}
