package dev.infermux.benchmarks.run;

import dev.infermux.benchmarks.jvm.AllocationProfile;
import dev.infermux.benchmarks.jvm.GcLog;
import dev.infermux.benchmarks.jvm.JvmProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JVM that a gateway is, and the log of its collector. */
final class GatewayJvm implements AutoCloseable {
  private static final double MEGABYTE = 1024 * 1024;

  private final JvmProbe probe;
  private final GcLog log;

  private GatewayJvm(JvmProbe probe, GcLog log) {
    this.probe = probe;
    this.log = log;
  }

  /** Null where a gateway is no JVM, or one that cannot be attached to. */
  static @Nullable GatewayJvm of(ProcessHandle process, Path log) {
    Optional<JvmProbe> found = JvmProbe.of(process);
    if (found.isEmpty()) {
      return null;
    }
    found.get().logCollections(log);
    return new GatewayJvm(found.get(), new GcLog(log));
  }

  JvmWindow window(LoadPhase phase) {
    return new JvmWindow(probe, log, phase);
  }

  /** What lives in its heap now; collects everything. */
  double liveMegabytes() {
    return probe.liveBytes() / MEGABYTE;
  }

  void record() {
    probe.record();
  }

  /** Ends the recording and reads it. */
  AllocationProfile recorded(Path file) throws IOException {
    probe.recorded(file);
    return AllocationProfile.read(file);
  }

  @Override
  public void close() {
    probe.close();
  }
}
