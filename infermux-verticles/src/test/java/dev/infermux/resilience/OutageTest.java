package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The first of two providers fails for a while under steady load: callers do not notice, the dead
 * provider is left alone but for one probe a window, and it is used again soon after it is back.
 */
@ExtendWith(VertxExtension.class)
final class OutageTest {

  private static final int PER_SECOND = 20;
  private static final Duration OUTAGE = Duration.ofSeconds(Scale.of(3, 60));
  private static final Duration BEFORE = Duration.ofSeconds(Scale.of(1, 5));
  private static final Duration WINDOW = Duration.ofMillis(Scale.of(500, 10_000));
  private static final Duration AFTER = WINDOW.plusSeconds(Scale.of(1, 5));
  private static final int CONSECUTIVE_FAILURES = 5;

  /** Silence makes calls wait for this; it bounds how many are in flight when the circuit opens. */
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  @ParameterizedTest
  @ValueSource(strings = {"reset", "503", "silence", "cut"})
  void callers_do_not_notice_that_the_first_provider_fails(String fault, Vertx vertx)
      throws Exception {
    try (Pair pair = start(vertx)) {
      Run run = run(pair, fault(fault));

      Scale.report("outage-" + fault, run.row(fault));
      assertThat(run.failed).as("failed calls").isEmpty();
      // Those in flight when the circuit opened had been sent before. Each caller has one at most.
      assertThat(run.notProbes()).isLessThanOrEqualTo(CONSECUTIVE_FAILURES + PER_SECOND);
      // As long as it really took: a busy machine stretches the outage.
      assertThat(run.probes()).isLessThanOrEqualTo((int) (run.downtime() / WINDOW.toNanos()) + 1);
      assertThat(run.usedAgain()).as("used again after it was back").isTrue();
    }
  }

  private static Pair start(Vertx vertx) {
    return Pair.start(
        vertx,
        routing -> routing.withStrategy(RoutingStrategy.ROUND_ROBIN),
        first -> first.withTimeout(TIMEOUT),
        java.util.function.UnaryOperator.identity(),
        CircuitOptions.defaults()
            .withConsecutiveFailures(CONSECUTIVE_FAILURES)
            .withRecoveryWindow(WINDOW));
  }

  private static MockAnswer fault(String name) {
    return switch (name) {
      case "reset" -> MockAnswer.reset();
      case "503" -> MockAnswer.json(503, "{}");
      case "silence" -> MockAnswer.silence();
      default -> MockAnswer.json(Texts.CHAT_ANSWER).cutAfter(100);
    };
  }

  private static Run run(Pair pair, MockAnswer fault) throws Exception {
    pair.first().always(MockAnswer.json(Texts.CHAT_ANSWER));
    pair.second().always(MockAnswer.json(Texts.CHAT_ANSWER));
    ExecutorService callers = Executors.newFixedThreadPool(PER_SECOND);
    List<Future<WireAnswer>> answers = new ArrayList<>();
    Run run = new Run(new BusEvents(pair.gateway().vertx()));
    try {
      load(pair, BEFORE, callers, answers);
      run.downNanos = System.nanoTime();
      pair.first().always(fault);
      load(pair, OUTAGE, callers, answers);
      run.upNanos = System.nanoTime();
      pair.first().always(MockAnswer.json(Texts.CHAT_ANSWER));
      load(pair, AFTER, callers, answers);
      for (Future<WireAnswer> answer : answers) {
        run.note(answer.get(30, TimeUnit.SECONDS));
      }
    } finally {
      callers.shutdownNow();
    }
    pair.first().requests().forEach(run::reached);
    return run;
  }

  private static void load(
      Pair pair, Duration time, ExecutorService callers, List<Future<WireAnswer>> answers) {
    long next = System.nanoTime();
    long end = next + time.toNanos();
    while (next < end) {
      LockSupport.parkNanos(next - System.nanoTime());
      answers.add(callers.submit(() -> call(pair.gateway())));
      next += 1_000_000_000L / PER_SECOND;
    }
  }

  private static WireAnswer call(Gateway gateway) {
    try (Wire wire = gateway.connect()) {
      return wire.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi"));
    }
  }

  /** What was seen of one outage. */
  private static final class Run {
    private final List<String> failed = new ArrayList<>();
    private final List<Long> dead = new ArrayList<>();
    private final BusEvents events;
    private int calls;
    private long downNanos;
    private long upNanos;
    private long backNanos;

    Run(BusEvents events) {
      this.events = events;
    }

    void note(WireAnswer answer) {
      calls++;
      if (answer.status() != 200 || !answer.body().equals(Texts.CHAT_ANSWER)) {
        failed.add(answer.status() + " " + answer.body());
      }
    }

    void reached(MockRequest request) {
      long at = request.arrivedNanos();
      if (at >= upNanos) {
        backNanos = backNanos == 0 ? at : backNanos;
      } else if (at > downNanos) {
        dead.add(at);
      }
    }

    /** Attempts on the dead provider that were sent before its circuit opened. */
    int notProbes() {
      return dead.size() - probes();
    }

    /** How often its circuit let an attempt through that failed: each time exactly one. */
    int probes() {
      return (int)
          events.circuits(1).stream()
              .filter(change -> "probe_failed".equals(change.getString("reason")))
              .count();
    }

    long downtime() {
      return upNanos - downNanos;
    }

    boolean usedAgain() {
      return backNanos != 0;
    }

    String row(String fault) {
      return String.format(
          "| %s | %d | %d | %d | %d | %.1f s |%n",
          fault, calls, failed.size(), notProbes(), probes(), (backNanos - upNanos) / 1e9);
    }
  }
}
