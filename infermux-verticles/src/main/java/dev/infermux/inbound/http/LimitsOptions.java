package dev.infermux.inbound.http;

import dev.infermux.policy.ratelimit.CallerLimitOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway takes on before it refuses, and what it says to a caller who waits.
 *
 * @param maxInFlight calls being served at once
 * @param maxAnswerBytes of a provider's whole answer
 * @param maxBufferedBytes of all calls together; null = a share of the heap
 * @param maxWaitingEvents published events that wait for one subscriber
 * @param holdHead how long the head of a stream waits for the first content
 * @param keepAlive the longest silence of a stream whose head is out
 * @param perCaller what each caller may ask for that has no limits of its own
 */
public record LimitsOptions(
    long maxBodyBytes,
    int maxInFlight,
    int maxAnswerBytes,
    @Nullable Long maxBufferedBytes,
    int maxWaitingEvents,
    Duration holdHead,
    Duration keepAlive,
    CallerLimitOptions perCaller) {

  /** What the process needs of the heap when nobody calls. */
  private static final long OWN_BYTES = 48L << 20;

  private static final long LEAST_BUFFERED_BYTES = 8L << 20;

  private static final LimitsOptions DEFAULTS =
      new LimitsOptions(
          33_554_432,
          10_000,
          134_217_728,
          null,
          2_048,
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          CallerLimitOptions.defaults());

  public static LimitsOptions defaults() {
    return DEFAULTS;
  }

  public LimitsOptions withMaxBodyBytes(long maxBodyBytes) {
    return new LimitsOptions(
        maxBodyBytes,
        maxInFlight,
        maxAnswerBytes,
        maxBufferedBytes,
        maxWaitingEvents,
        holdHead,
        keepAlive,
        perCaller);
  }

  public LimitsOptions withMaxInFlight(int maxInFlight) {
    return new LimitsOptions(
        maxBodyBytes,
        maxInFlight,
        maxAnswerBytes,
        maxBufferedBytes,
        maxWaitingEvents,
        holdHead,
        keepAlive,
        perCaller);
  }

  public LimitsOptions withMaxAnswerBytes(int maxAnswerBytes) {
    return new LimitsOptions(
        maxBodyBytes,
        maxInFlight,
        maxAnswerBytes,
        maxBufferedBytes,
        maxWaitingEvents,
        holdHead,
        keepAlive,
        perCaller);
  }

  public LimitsOptions withMaxBufferedBytes(@Nullable Long maxBufferedBytes) {
    return new LimitsOptions(
        maxBodyBytes,
        maxInFlight,
        maxAnswerBytes,
        maxBufferedBytes,
        maxWaitingEvents,
        holdHead,
        keepAlive,
        perCaller);
  }

  public LimitsOptions withMaxWaitingEvents(int maxWaitingEvents) {
    return new LimitsOptions(
        maxBodyBytes,
        maxInFlight,
        maxAnswerBytes,
        maxBufferedBytes,
        maxWaitingEvents,
        holdHead,
        keepAlive,
        perCaller);
  }

  public LimitsOptions withHoldHead(Duration holdHead) {
    return new LimitsOptions(
        maxBodyBytes,
        maxInFlight,
        maxAnswerBytes,
        maxBufferedBytes,
        maxWaitingEvents,
        holdHead,
        keepAlive,
        perCaller);
  }

  public LimitsOptions withKeepAlive(Duration keepAlive) {
    return new LimitsOptions(
        maxBodyBytes,
        maxInFlight,
        maxAnswerBytes,
        maxBufferedBytes,
        maxWaitingEvents,
        holdHead,
        keepAlive,
        perCaller);
  }

  public LimitsOptions withPerCaller(CallerLimitOptions perCaller) {
    return new LimitsOptions(
        maxBodyBytes,
        maxInFlight,
        maxAnswerBytes,
        maxBufferedBytes,
        maxWaitingEvents,
        holdHead,
        keepAlive,
        perCaller);
  }

  /**
   * What all calls together may hold: as configured, else half of what the heap has beyond the
   * process's own needs. The other half is for the copies that work on it makes.
   */
  public long bufferedBytes() {
    return maxBufferedBytes == null
        ? Math.max(LEAST_BUFFERED_BYTES, (Runtime.getRuntime().maxMemory() - OWN_BYTES) / 2)
        : maxBufferedBytes;
  }
}
