package dev.infermux.inference;

/** What a call came to, known when its answer is complete. */
public record CallTotals(Usage usage, Cost cost, String finishReason, long latencyNanos) {

  public static final CallTotals NONE = new CallTotals(Usage.NONE, Cost.UNPRICED, "", 0);

  public long latencyMillis() {
    return latencyNanos / 1_000_000;
  }
}
