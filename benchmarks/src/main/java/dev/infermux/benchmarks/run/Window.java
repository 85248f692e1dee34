package dev.infermux.benchmarks.run;

import dev.infermux.benchmarks.load.LoadResult;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of one target.
 *
 * @param cpuMicros user and system time of the target's process
 * @param rigCores CPUs that the mock and the load generator used: near their share, they and not
 *     the target were the limit
 * @param foreignCores CPUs that anything else on the machine used
 * @param jvm what was seen of the target's JVM
 * @param hangup what became of the streams after their callers disconnected, for streams held open
 */
record Window(
    String phase,
    String target,
    int launch,
    int round,
    LoadResult load,
    double cpuMicros,
    double rigCores,
    double foreignCores,
    Memory memory,
    JvmSample jvm,
    @Nullable Hangup hangup) {

  /** Proportional set size of the target, before the load and at the end of it. */
  record Memory(double beforeMb, double endMb) {}

  /**
   * The provider's side after all callers hung up.
   *
   * @param left streams still open when the wait ended
   * @param seconds how long that took
   * @param longestWaitMillis of a question to the gateway meanwhile; NaN where none was asked
   */
  record Hangup(long left, double seconds, double longestWaitMillis) {}

  double cpuPerRequest() {
    return cpuMicros / load.requests();
  }

  double cpuPerEvent() {
    return cpuMicros / load.events();
  }

  double garbagePerRequest() {
    return jvm.garbageBytes() / load.requests();
  }

  double garbagePerEvent() {
    return jvm.garbageBytes() / load.events();
  }

  double requestsPerSecond() {
    return load.requests() / load.seconds();
  }

  Window with(Hangup after) {
    return new Window(
        phase, target, launch, round, load, cpuMicros, rigCores, foreignCores, memory, jvm, after);
  }
}
