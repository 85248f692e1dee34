package dev.infermux.benchmarks.run;

import java.util.List;

/** All figures of a run, as they are saved. */
record Results(
    String when,
    String command,
    Machine machine,
    int rate,
    List<Launch> launches,
    List<Window> windows) {

  /** What it ran on. */
  record Machine(int cpus, String processor, String system, String java) {}
}
