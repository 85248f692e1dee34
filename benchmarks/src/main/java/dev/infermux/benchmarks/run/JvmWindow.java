package dev.infermux.benchmarks.run;

import dev.infermux.benchmarks.jvm.GcLog;
import dev.infermux.benchmarks.jvm.JvmProbe;

/** Looks into a target's JVM at both ends of a window. */
final class JvmWindow {
  private static final double MEGABYTE = 1024 * 1024;

  private final JvmProbe probe;
  private final GcLog log;
  private final LoadPhase phase;
  private double garbage = Double.NaN;
  private double live = Double.NaN;
  private long from;
  private long to;

  JvmWindow(JvmProbe probe, GcLog log, LoadPhase phase) {
    this.probe = probe;
    this.log = log;
    this.phase = phase;
  }

  void begin() {
    if (phase.countsGarbage()) {
      garbage = -probe.allocatedBytes();
    }
    from = log.position();
  }

  void end() {
    to = log.position();
    if (phase.countsGarbage()) {
      garbage += probe.allocatedBytes();
    }
    if (phase.countsHeap()) {
      live = probe.liveBytes() / MEGABYTE;
    }
  }

  JvmSample facts() {
    return new JvmSample(garbage, log.pauses(from, to), live);
  }
}
