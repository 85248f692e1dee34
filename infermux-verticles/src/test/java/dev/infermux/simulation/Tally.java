package dev.infermux.simulation;

import dev.infermux.inference.FailureClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened in one simulated hour. */
final class Tally {

  private final Map<String, Integer> answered = new HashMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Map<String, Integer> attemptsWhileDown = new HashMap<>();
  private final List<Duration> latencies = new ArrayList<>();
  private int failedCalls;
  private int repairedCalls;
  private long nanoDollars;
  private @Nullable Duration backInUse;

  void attempt(Script provider, Duration moment) {
    attempts.merge(provider.name(), 1, Integer::sum);
    if (provider.down().test(moment)) {
      attemptsWhileDown.merge(provider.name(), 1, Integer::sum);
    }
  }

  void attemptEnded(Script provider, Duration moment, @Nullable FailureClass failure) {
    boolean afterOutage = moment.compareTo(Fleet.OUTAGE_TO) >= 0;
    if (failure == null
        && afterOutage
        && backInUse == null
        && provider.name().equals(Fleet.PRIMARY)) {
      backInUse = moment.minus(Fleet.OUTAGE_TO);
    }
  }

  void answered(Script by, Duration latency, int tries, long cost) {
    answered.merge(by.name(), 1, Integer::sum);
    latencies.add(latency);
    nanoDollars += cost;
    if (tries > 1) {
      repairedCalls++;
    }
  }

  void failed(Duration latency) {
    failedCalls++;
    latencies.add(latency);
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

  double usd() {
    return nanoDollars / 1e9;
  }
}
