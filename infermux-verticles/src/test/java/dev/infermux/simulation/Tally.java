package dev.infermux.simulation;

import dev.infermux.inference.FailureClass;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.spi.CallListener;
import dev.infermux.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened in one simulated hour, as the listeners of its calls are told. */
final class Tally implements CallListener {

  private final Map<String, Integer> answered = new HashMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Map<String, Integer> attemptsWhileDown = new HashMap<>();
  private final Map<String, Map<String, Integer>> answeredByModel = new HashMap<>();
  private final Map<String, Map<FailureClass, Integer>> failures = new HashMap<>();
  private final List<Duration> latencies = new ArrayList<>();
  private int failedCalls;
  private int repairedCalls;
  private long nanoDollars;
  private @Nullable Duration backInUse;

  @Override
  public void finished(CallRecord call) {
    call.attempts().forEach(this::attempt);
    latencies.add(Duration.ofNanos(call.latencyNanos()));
    nanoDollars += call.cost().amount().nanos();
    if (call.outcome().failure() != null) {
      failedCalls++;
      return;
    }
    answered.merge(call.servedBy().provider(), 1, Integer::sum);
    if (call.attempts().size() > 1) {
      repairedCalls++;
    }
  }

  private void attempt(AttemptRecord attempt) {
    String provider = attempt.provider();
    Duration began = VirtualTime.sinceStart(attempt.startedEpochNanos());
    attempts.merge(provider, 1, Integer::sum);
    FailureClass kind = attempt.kind();
    if (kind == null) {
      answeredByModel
          .computeIfAbsent(attempt.model(), model -> new HashMap<>())
          .merge(provider, 1, Integer::sum);
    } else {
      failures
          .computeIfAbsent(provider, name -> new EnumMap<>(FailureClass.class))
          .merge(kind, 1, Integer::sum);
    }
    if (Fleet.script(provider).down().test(began)) {
      attemptsWhileDown.merge(provider, 1, Integer::sum);
    }
    Duration ended = began.plusNanos(attempt.durationNanos());
    boolean afterOutage = ended.compareTo(Fleet.OUTAGE_TO) >= 0;
    if (attempt.kind() == null && afterOutage && provider.equals(Fleet.PRIMARY)) {
      Duration back = ended.minus(Fleet.OUTAGE_TO);
      backInUse = backInUse == null || back.compareTo(backInUse) < 0 ? back : backInUse;
    }
  }

  int calls() {
    return latencies.size();
  }

  int failedCalls() {
    return failedCalls;
  }

  int repairedCalls() {
    return repairedCalls;
  }

  int attempts() {
    return attempts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Of all answered calls. */
  double share(String provider) {
    return (double) answered.getOrDefault(provider, 0) / (calls() - failedCalls);
  }

  /** Of all answered calls of one model. */
  double share(String model, String provider) {
    Map<String, Integer> answers = answeredByModel.getOrDefault(model, Map.of());
    int all = answers.values().stream().mapToInt(Integer::intValue).sum();
    return (double) answers.getOrDefault(provider, 0) / Math.max(1, all);
  }

  /** Attempts at a provider that failed so. */
  int failures(String provider, FailureClass kind) {
    return failures.getOrDefault(provider, Map.of()).getOrDefault(kind, 0);
  }

  int attemptsWhileDown(String provider) {
    return attemptsWhileDown.getOrDefault(provider, 0);
  }

  /** From the end of the outage to the primary's first good answer. */
  @Nullable Duration backInUse() {
    return backInUse;
  }

  long meanMillis() {
    return Math.round(latencies.stream().mapToLong(Duration::toMillis).average().orElse(0));
  }

  /** By nearest rank. */
  long percentileMillis(int percent) {
    List<Duration> sorted = latencies.stream().sorted().toList();
    return sorted.get((sorted.size() * percent + 99) / 100 - 1).toMillis();
  }

  long nanoDollars() {
    return nanoDollars;
  }

  double usd() {
    return nanoDollars / 1e9;
  }
}
