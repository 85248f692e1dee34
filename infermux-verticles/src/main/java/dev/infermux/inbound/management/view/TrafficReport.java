package dev.infermux.inbound.management.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls, attempts and changes of circuits of the last quarter of an hour, by steps of time.
 *
 * @param first when the first step began; the last one is that of {@code now}
 * @param providers attempts at those that were asked, by name
 * @param flips the latest last
 */
public record TrafficReport(
    Instant now,
    Instant first,
    Duration step,
    Series calls,
    Map<String, Series> providers,
    List<Flip> flips) {

  public TrafficReport {
    providers = Collections.unmodifiableMap(new TreeMap<>(providers));
    flips = List.copyOf(flips);
  }

  /**
   * Counts by step, the oldest first.
   *
   * @param errors those of {@code all} that ended in an error; a caller who left is none
   */
  public record Series(List<Long> all, List<Long> errors) {
    public Series {
      all = List.copyOf(all);
      errors = List.copyOf(errors);
    }
  }

  /** A change of a circuit. */
  public record Flip(
      String provider, String model, Instant at, String from, String to, String reason) {}
}
