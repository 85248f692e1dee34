package dev.infermux.inbound.management.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One provider as it stands.
 *
 * @param models as configured; null = not restricted
 * @param modelAliases the caller's name to the provider's, in declared order
 */
public record ProviderStatus(
    String name,
    String type,
    @Nullable List<String> models,
    Map<String, String> modelAliases,
    Health health,
    Circuit circuit,
    Traffic traffic) {

  public ProviderStatus {
    models = models == null ? null : List.copyOf(models);
    modelAliases = Collections.unmodifiableMap(new LinkedHashMap<>(modelAliases));
  }

  /**
   * The last health check.
   *
   * @param reason why it is unhealthy; empty when it is healthy
   * @param advice what about its configuration seems wrong, healthy or not; empty for nothing
   * @param checkedAt null before the first check
   */
  public record Health(boolean healthy, String reason, String advice, @Nullable Instant checkedAt) {

    /** That of a provider whose configuration seems right. */
    public Health(boolean healthy, String reason, @Nullable Instant checkedAt) {
      this(healthy, reason, "", checkedAt);
    }
  }

  /**
   * The circuit.
   *
   * @param state {@code closed}, {@code half-open} or {@code open}
   * @param errorRate share of failures in the circuit's window, 0 to 1
   * @param p95LatencyMillis of the successes in that window; 0 without any
   * @param openedAt null while closed
   * @param recoveryAt null unless open
   * @param models states of the circuits that single models have, where they are not closed
   */
  public record Circuit(
      String state,
      double errorRate,
      long p95LatencyMillis,
      @Nullable Instant openedAt,
      @Nullable Instant recoveryAt,
      Map<String, String> models) {

    /** That of a provider with one circuit for all its models. */
    public Circuit(
        String state,
        double errorRate,
        long p95LatencyMillis,
        @Nullable Instant openedAt,
        @Nullable Instant recoveryAt) {
      this(state, errorRate, p95LatencyMillis, openedAt, recoveryAt, Map.of());
    }

    public Circuit {
      models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    }
  }

  /**
   * A model that is not asked for, or only where nobody else serves it.
   *
   * @param model empty where it is about all of them
   * @param reason as in the explain endpoint
   */
  public record LeftAlone(String model, String reason, Duration left) {}

  /**
   * What it may be asked in a minute.
   *
   * @param requests null = unlimited, as the others
   * @param tokensLeft tokens that still fit in this minute
   */
  public record Limits(@Nullable Long requests, @Nullable Long tokens, @Nullable Long tokensLeft) {
    static final Limits NONE = new Limits(null, null, null);
  }

  /**
   * What goes to it.
   *
   * @param requestsLastMinute attempts by calls that finished in the last minute
   * @param headroomRpm requests that still fit in this minute; null = unlimited
   * @param ewmaLatencyMillis moving average that {@code least_latency} goes by; 0 without samples
   * @param inFlight attempts under way, streams included
   * @param leftAlone what the provider said of its models and its credential, while that counts
   */
  public record Traffic(
      long requestsLastMinute,
      @Nullable Long headroomRpm,
      double ewmaLatencyMillis,
      int inFlight,
      List<LeftAlone> leftAlone,
      Limits limits) {

    /** That of a provider without limits, which is asked for all its models. */
    public Traffic(
        long requestsLastMinute,
        @Nullable Long headroomRpm,
        double ewmaLatencyMillis,
        int inFlight) {
      this(requestsLastMinute, headroomRpm, ewmaLatencyMillis, inFlight, List.of(), Limits.NONE);
    }

    public Traffic {
      leftAlone = List.copyOf(leftAlone);
    }
  }
}
