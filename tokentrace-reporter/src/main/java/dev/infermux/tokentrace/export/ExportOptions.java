package dev.infermux.tokentrace.export;

import java.time.Duration;

/**
 * How much is held and how long is tried, for each export alike.
 *
 * @param queueSize spans held between the requests and the exporter's thread, and again for each
 *     export that is behind; a power of two is used, the next above
 * @param batchSize most spans in one batch; the {@code /spans} format allows 1000
 * @param flushInterval longest time a finished span waits before it is sent
 * @param timeout of one attempt to send a batch
 * @param attempts how often a batch is tried in all
 * @param backoff pause before the second attempt; it doubles up to 30 times itself
 * @param closeTimeout longest time that closing waits for what is held
 */
public record ExportOptions(
    int queueSize,
    int batchSize,
    Duration flushInterval,
    Duration timeout,
    int attempts,
    Duration backoff,
    Duration closeTimeout) {

  private static final ExportOptions DEFAULTS =
      new ExportOptions(
          16_384,
          512,
          Duration.ofMillis(200),
          Duration.ofSeconds(10),
          5,
          Duration.ofMillis(500),
          Duration.ofSeconds(5));

  public ExportOptions {
    require("queue_size", queueSize, 1, 1 << 20);
    require("batch_size", batchSize, 1, 1000);
    require("attempts", attempts, 1, 100);
  }

  public static ExportOptions defaults() {
    return DEFAULTS;
  }

  public ExportOptions withQueueSize(int queueSize) {
    return new ExportOptions(
        queueSize, batchSize, flushInterval, timeout, attempts, backoff, closeTimeout);
  }

  public ExportOptions withBatchSize(int batchSize) {
    return new ExportOptions(
        queueSize, batchSize, flushInterval, timeout, attempts, backoff, closeTimeout);
  }

  public ExportOptions withFlushInterval(Duration flushInterval) {
    return new ExportOptions(
        queueSize, batchSize, flushInterval, timeout, attempts, backoff, closeTimeout);
  }

  public ExportOptions withTimeout(Duration timeout) {
    return new ExportOptions(
        queueSize, batchSize, flushInterval, timeout, attempts, backoff, closeTimeout);
  }

  public ExportOptions withAttempts(int attempts) {
    return new ExportOptions(
        queueSize, batchSize, flushInterval, timeout, attempts, backoff, closeTimeout);
  }

  public ExportOptions withBackoff(Duration backoff) {
    return new ExportOptions(
        queueSize, batchSize, flushInterval, timeout, attempts, backoff, closeTimeout);
  }

  public ExportOptions withCloseTimeout(Duration closeTimeout) {
    return new ExportOptions(
        queueSize, batchSize, flushInterval, timeout, attempts, backoff, closeTimeout);
  }

  private static void require(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "telemetry.%s: %d (expected: %d..%d)".formatted(key, value, least, most));
    }
  }
}
