package dev.infermux.policy.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Exclusion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One random life of a circuit, checked at every step against what a circuit promises. */
final class CircuitLife {

  private final Random random;
  private final CircuitOptions options;
  private final CircuitRig rig;
  private final List<String> steps = new ArrayList<>();
  private final List<Permit> permits = new ArrayList<>();

  private CircuitState known = CircuitState.CLOSED;
  private @Nullable Instant recoveryAt;
  private @Nullable Permit running;
  private int failedProbes;
  private int probes;
  private boolean checked = true;

  CircuitLife(Random random) {
    this.random = random;
    this.options =
        CircuitOptions.defaults()
            .withConsecutiveFailures(1 + random.nextInt(6))
            .withMinRequests(1 + random.nextInt(6))
            .withErrorRateThreshold(random.nextInt(10) / 10.0)
            .withWindow(Duration.ofSeconds(10))
            .withLatencyP95(random.nextBoolean() ? Duration.ofMillis(50) : null)
            .withRecoveryWindow(Duration.ofMillis(1 + random.nextInt(2000)))
            .withRecoveryBackoffMultiplier(1 + random.nextInt(4) / 2.0)
            .withRecoveryBackoffMax(Duration.ofMillis(1 + random.nextInt(10_000)))
            .withProbeTimeout(Duration.ofMillis(1 + random.nextInt(1000)));
    this.rig = new CircuitRig(options, this::told);
  }

  void live(int length) {
    for (int i = 0; i < length; i++) {
      step(random.nextInt(100));
      assertThat(rig.state()).as("what is visible is what was told").isEqualTo(known);
      assertThat(checked).as("the listener's checks").isTrue();
    }
  }

  /** Whatever happened, permits that nobody ends included. */
  void healthyProviderClosesIt() {
    Duration first = options.recoveryWait(0);
    Duration last = options.recoveryWait(1000);
    Duration longest = first.compareTo(last) > 0 ? first : last;
    // A running probe times out, the longest wait passes, and old failures leave the window.
    rig.time.pass(options.probeTimeout().plus(longest).plus(options.window()));
    rig.enter().succeeded(1);
    rig.time.settle();
    for (int i = 0; i < 20; i++) {
      assertThat(rig.state()).isEqualTo(CircuitState.CLOSED);
      rig.enter().succeeded(1);
    }
  }

  List<String> steps() {
    return steps;
  }

  int changes() {
    return rig.told.size();
  }

  int probes() {
    return probes;
  }

  private void step(int die) {
    if (die < 35) {
      enter();
    } else if (die < 70) {
      end();
    } else if (die < 90) {
      pass();
    } else if (die < 94) {
      note("settle", rig.time::settle);
    } else if (die < 96) {
      note("open", rig.circuit::open);
    } else if (die < 98) {
      note("close", rig.circuit::close);
    } else {
      failedProbes = 0;
      note("reset", rig.circuit::reset);
    }
  }

  private void note(String step, Runnable action) {
    steps.add(step);
    action.run();
  }

  private void enter() {
    Exclusion refusal = rig.circuit.exclusion();
    Permit permit = rig.circuit.enter();
    steps.add("enter: " + (permit == null ? refusal : permit.probe() ? "probe" : "permit"));
    assertThat(permit == null).as("refused as announced").isEqualTo(refusal != null);
    if (permit == null) {
      assertThat(known).isNotEqualTo(CircuitState.CLOSED);
      return;
    }
    assertThat(permit.probe()).isEqualTo(known == CircuitState.HALF_OPEN);
    if (permit.probe()) {
      assertThat(running).as("the probe that is still running").isNull();
      running = permit;
      probes++;
    }
    permits.add(permit);
  }

  private void end() {
    if (permits.isEmpty()) {
      return;
    }
    Permit permit = permits.get(random.nextInt(permits.size()));
    // Probes are ended again and again, to see that only the first time counts.
    if (!permit.probe() || random.nextInt(4) == 0) {
      permits.remove(permit);
    }
    switch (random.nextInt(5)) {
      case 0 -> note("succeeded", () -> permit.succeeded(random.nextInt(100) * CircuitRig.MILLI));
      case 1 -> note("begun", () -> permit.begun(1));
      case 2 -> note("ignored", () -> ignore(permit));
      default -> note("failed", permit::failed);
    }
    if (permit == running) {
      running = null;
    }
  }

  private void ignore(Permit permit) {
    CircuitView before = rig.circuit.view();
    permit.ignored();
    assertThat(rig.circuit.view()).as("after an ignored attempt").isEqualTo(before);
  }

  private void pass() {
    int millis = random.nextInt(5) == 0 ? random.nextInt(5000) : random.nextInt(200);
    note("pass " + millis, () -> rig.time.pass(Duration.ofMillis(millis)));
  }

  private void told(CircuitChange change) {
    checked = false;
    assertThat(change.from()).as("a chain of changes").isEqualTo(known);
    assertThat(rig.state()).as("told before it is visible").isEqualTo(known);
    assertThat(change.recoveryAt() == null).isEqualTo(change.to() != CircuitState.OPEN);
    CircuitState mayLeave =
        switch (change.reason()) {
          case ERROR_RATE, CONSECUTIVE_FAILURES, LATENCY_P95 -> CircuitState.CLOSED;
          case RECOVERY_WINDOW -> CircuitState.OPEN;
          case PROBE_OK, PROBE_FAILED -> CircuitState.HALF_OPEN;
          case MANUAL -> change.from();
        };
    assertThat(change.from()).as("what %s may leave", change.reason()).isEqualTo(mayLeave);
    switch (change.reason()) {
      case PROBE_OK -> failedProbes = 0;
      case PROBE_FAILED -> failedProbes++;
      case MANUAL -> failedProbes = change.to() == CircuitState.OPEN ? 0 : failedProbes;
      case RECOVERY_WINDOW -> assertThat(rig.time.instant()).isEqualTo(recoveryAt);
      default -> assertThat(change.to()).isEqualTo(CircuitState.OPEN);
    }
    if (change.to() == CircuitState.OPEN) {
      assertThat(change.recoveryAt()).isEqualTo(expectedRecovery());
    }
    recoveryAt = change.recoveryAt();
    known = change.to();
    running = null;
    checked = true;
    if (random.nextInt(20_000) == 0) {
      throw new OnPurpose();
    }
  }

  private Instant expectedRecovery() {
    double window = options.recoveryWindow().toMillis();
    double cap = Math.max(window, options.recoveryBackoffMax().toMillis());
    double wait = window;
    for (int i = 0; i < failedProbes; i++) {
      wait = Math.min(cap, wait * options.recoveryBackoffMultiplier());
    }
    Instant expected = rig.time.instant().plusMillis((long) wait);
    return recoveryAt != null && recoveryAt.isAfter(expected) ? recoveryAt : expected;
  }
}
