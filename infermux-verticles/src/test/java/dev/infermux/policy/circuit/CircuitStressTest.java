package dev.infermux.policy.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.vertx.CircuitTimers;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real threads and real timers on a circuit that flips every few milliseconds. */
@ExtendWith(VertxExtension.class)
class CircuitStressTest {

  private static final int THREADS = 4;
  private static final int PROBES = 300;

  private final CircuitOptions options =
      CircuitOptions.defaults()
          .withConsecutiveFailures(2)
          .withRecoveryWindow(Duration.ofMillis(1))
          .withProbeTimeout(Duration.ofSeconds(20));

  private final List<CircuitChange> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();
  private final AtomicInteger probes = new AtomicInteger();
  private final AtomicBoolean healthy = new AtomicBoolean();

  @Test
  void many_threads_never_run_two_probes_and_leave_no_circuit_stuck(Vertx vertx) {
    CircuitBreaker circuit =
        new CircuitBreakers(
                new CircuitTimers(vertx), System::nanoTime, InstantSource.system(), told::add)
            .circuit("flapping", options);
    List<Thread> threads =
        java.util.stream.IntStream.range(0, THREADS)
            .mapToObj(i -> new Thread(() -> callUntilHealthy(circuit, new SplittableRandom(i))))
            .toList();
    threads.forEach(Thread::start);

    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> probes.get() >= PROBES);
    healthy.set(true);
    Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> closes(circuit));

    assertThat(mostRunning.get()).isEqualTo(1);
    for (int i = 1; i < told.size(); i++) {
      assertThat(told.get(i).from()).isEqualTo(told.get(i - 1).to());
    }
  }

  private void callUntilHealthy(CircuitBreaker circuit, SplittableRandom random) {
    while (!healthy.get()) {
      Permit permit = circuit.enter();
      if (permit == null) {
        Thread.onSpinWait();
      } else if (permit.probe()) {
        probe(permit, random.nextInt(4));
      } else {
        permit.failed();
      }
    }
  }

  private void probe(Permit permit, int ending) {
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    probes.incrementAndGet();
    Thread.yield();
    running.decrementAndGet();
    switch (ending) {
      case 0 -> permit.succeeded(1);
      case 1 -> permit.failed();
      case 2 -> permit.ignored();
      default -> {
        permit.begun(1);
        permit.failed();
      }
    }
  }

  private static boolean closes(CircuitBreaker circuit) {
    Permit permit = circuit.enter();
    if (permit != null) {
      permit.succeeded(1);
    }
    return circuit.view().state() == CircuitState.CLOSED;
  }
}
