package dev.infermux.benchmarks.run;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Medians over the windows of a run; NaN where there is nothing to take one of. */
final class Figures {
  private final List<Window> windows;

  Figures(List<Window> windows) {
    this.windows = windows;
  }

  List<Window> of(String phase, String target) {
    return windows.stream()
        .filter(window -> window.phase().equals(phase) && window.target().equals(target))
        .toList();
  }

  double median(String phase, String target, ToDoubleFunction<Window> figure) {
    return median(of(phase, target).stream().mapToDouble(figure));
  }

  /** The target's figure over nginx's. */
  double overNginx(String phase, String target, ToDoubleFunction<Window> figure) {
    return median(phase, target, figure) / median(phase, Target.NGINX, figure);
  }

  /** The target's figure less that of the direct window of the same launch and round. */
  double added(String phase, String target, ToDoubleFunction<Window> figure) {
    return median(
        of(phase, target).stream()
            .map(window -> added(window, figure))
            .flatMapToDouble(OptionalDouble::stream));
  }

  private OptionalDouble added(Window window, ToDoubleFunction<Window> figure) {
    return of(window.phase(), Target.DIRECT).stream()
        .filter(it -> it.launch() == window.launch() && it.round() == window.round())
        .mapToDouble(it -> figure.applyAsDouble(window) - figure.applyAsDouble(it))
        .findFirst();
  }

  static double median(DoubleStream values) {
    double[] sorted = values.filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
