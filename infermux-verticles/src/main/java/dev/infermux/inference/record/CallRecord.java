package dev.infermux.inference.record;

import dev.infermux.inference.Call;
import dev.infermux.inference.Cost;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import java.math.BigDecimal;
import java.util.List;

/**
 * Everything about a finished call. Events, spans, metrics and the request log are read off it.
 *
 * @param traceId W3C trace id, 32 hex digits; empty when nothing is traced
 * @param latencyNanos from the request's head to the last byte handed to the listener
 * @param content what was asked and answered; {@link CallContent#NONE} unless it is captured
 * @param firstTokenNanos from the request's head to the first content; 0 when there was none
 * @param finishReason as the provider said it; empty when it did not
 */
public record CallRecord(
    Call call,
    String traceId,
    ServedBy servedBy,
    List<AttemptRecord> attempts,
    Outcome outcome,
    Usage usage,
    Cost cost,
    String finishReason,
    long latencyNanos,
    long firstTokenNanos,
    CallContent content) {

  public CallRecord {
    attempts = List.copyOf(attempts);
  }

  /** Whether it was refused before any attempt. */
  public boolean refused() {
    return attempts.isEmpty() && outcome.status().equals("error");
  }

  /** The provider that served it; empty when none was reached. */
  public String provider() {
    return servedBy.provider();
  }

  /** The model as that provider knows it; empty when none was reached. */
  public String model() {
    return servedBy.model();
  }

  public long latencyMillis() {
    return latencyNanos / 1_000_000;
  }

  /** In dollars, exact; {@code cost().status()} says how far it can be trusted. */
  public BigDecimal costUsd() {
    return cost.amount().toBigDecimal();
  }

  public long promptTokens() {
    return usage.promptTokens();
  }

  public long completionTokens() {
    return usage.completionTokens();
  }
}
