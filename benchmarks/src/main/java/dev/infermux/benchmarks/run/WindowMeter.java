package dev.infermux.benchmarks.run;

import dev.infermux.benchmarks.load.LoadGenerator;
import dev.infermux.benchmarks.load.LoadResult;
import dev.infermux.benchmarks.load.WindowProbe;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the clocks of the target, of this run and of the machine at both ends of a window. */
final class WindowMeter implements WindowProbe {
  private final ProcessMeter target;
  private final ProcessMeter own = new ProcessMeter(ProcessHandle.current());
  private final double pssBefore;
  private final @Nullable JvmWindow jvm;
  private double targetCpu;
  private double ownCpu;
  private double machineCpu;
  private double pssEnd;

  private WindowMeter(LoadPhase phase, Target target) {
    GatewayJvm machine = target.jvm();
    this.jvm = machine == null ? null : machine.window(phase);
    this.target = new ProcessMeter(target.process());
    this.pssBefore = this.target.pssMegabytes();
  }

  static Window measure(LoadPhase phase, Target target, int launch, int round) throws IOException {
    var meter = new WindowMeter(phase, target);
    LoadResult load = LoadGenerator.run(phase.plan(target), meter);
    double micros = load.seconds() * 1e6;
    double rig = meter.ownCpu - (target.isDirect() ? 0 : meter.targetCpu);
    return new Window(
        phase.name(),
        target.name(),
        launch,
        round,
        load,
        meter.targetCpu,
        rig / micros,
        Math.max(0, meter.machineCpu - meter.ownCpu) / micros,
        new Window.Memory(meter.pssBefore, meter.pssEnd),
        meter.jvm == null ? JvmSample.NONE : meter.jvm.facts(),
        null);
  }

  @Override
  public void begin() {
    if (jvm != null) {
      jvm.begin();
    }
    targetCpu = -target.cpuMicros();
    ownCpu = -own.cpuMicros();
    machineCpu = -MachineMeter.busyMicros();
  }

  @Override
  public void end() {
    targetCpu += target.cpuMicros();
    ownCpu += own.cpuMicros();
    machineCpu += MachineMeter.busyMicros();
    pssEnd = target.pssMegabytes();
    if (jvm != null) {
      jvm.end();
    }
  }
}
