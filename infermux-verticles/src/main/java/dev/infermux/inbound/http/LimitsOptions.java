package dev.infermux.inbound.http;

import dev.infermux.policy.ratelimit.CallerLimitOptions;
import java.time.Duration;
import java.util.function.Consumer;
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
    return with(copy -> copy.maxBodyBytes = maxBodyBytes);
  }

  public LimitsOptions withMaxInFlight(int maxInFlight) {
    return with(copy -> copy.maxInFlight = maxInFlight);
  }

  public LimitsOptions withMaxAnswerBytes(int maxAnswerBytes) {
    return with(copy -> copy.maxAnswerBytes = maxAnswerBytes);
  }

  public LimitsOptions withMaxBufferedBytes(@Nullable Long maxBufferedBytes) {
    return with(copy -> copy.maxBufferedBytes = maxBufferedBytes);
  }

  public LimitsOptions withMaxWaitingEvents(int maxWaitingEvents) {
    return with(copy -> copy.maxWaitingEvents = maxWaitingEvents);
  }

  public LimitsOptions withHoldHead(Duration holdHead) {
    return with(copy -> copy.holdHead = holdHead);
  }

  public LimitsOptions withKeepAlive(Duration keepAlive) {
    return with(copy -> copy.keepAlive = keepAlive);
  }

  public LimitsOptions withPerCaller(CallerLimitOptions perCaller) {
    return with(copy -> copy.perCaller = perCaller);
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

  private LimitsOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.options();
  }

  /** The components while one of them is replaced. */
  private static final class Copy {
    private long maxBodyBytes;
    private int maxInFlight;
    private int maxAnswerBytes;
    private @Nullable Long maxBufferedBytes;
    private int maxWaitingEvents;
    private Duration holdHead;
    private Duration keepAlive;
    private CallerLimitOptions perCaller;

    Copy(LimitsOptions from) {
      maxBodyBytes = from.maxBodyBytes;
      maxInFlight = from.maxInFlight;
      maxAnswerBytes = from.maxAnswerBytes;
      maxBufferedBytes = from.maxBufferedBytes;
      maxWaitingEvents = from.maxWaitingEvents;
      holdHead = from.holdHead;
      keepAlive = from.keepAlive;
      perCaller = from.perCaller;
    }

    LimitsOptions options() {
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
  }
}
