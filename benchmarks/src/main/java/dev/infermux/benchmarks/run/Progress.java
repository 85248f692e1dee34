package dev.infermux.benchmarks.run;

import dev.infermux.benchmarks.load.LoadResult;
import java.util.Locale;

/** What a run says on standard error while it goes on; standard output is for the tables. */
final class Progress {
  private Progress() {}

  static void say(String format, Object... values) {
    System.err.printf(Locale.ROOT, format + "%n", values);
  }

  static void window(Window window) {
    boolean events = window.load().events() > 0;
    var delay = events ? window.load().eventDelay() : window.load().latency();
    say(
        "%-14s %-8s %7.0f/s  %7.1f us cpu/%-7s  p50 %7.0f  p99 %7.0f us  errors %s  rig %.2f "
            + " others %.2f",
        window.phase(),
        window.target(),
        (events ? window.load().events() : window.load().requests()) / window.load().seconds(),
        events ? window.cpuPerEvent() : window.cpuPerRequest(),
        events ? "event" : "request",
        delay.p50(),
        delay.p99(),
        errors(window.load().errors()),
        window.rigCores(),
        window.foreignCores());
  }

  private static String errors(LoadResult.Errors errors) {
    return errors.status() == 0
        ? Long.toString(errors.total())
        : errors.total() + " (last status " + errors.lastStatus() + ")";
  }
}
