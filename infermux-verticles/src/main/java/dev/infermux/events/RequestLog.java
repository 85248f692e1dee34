package dev.infermux.events;

import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.Cost;
import dev.infermux.inference.Failure;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.spi.CallListener;
import dev.infermux.time.Timers;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes one line a finished call with all routing fields as key-value pairs, never content or
 * keys. Calls that succeeded, were cancelled or failed by the caller's own fault are at {@code
 * info}; failures of ours or a provider's (5xx, broken streams) at {@code warn}. The logger is
 * {@code infermux.request}; with it off, a call costs one check.
 *
 * <p>Refusals, which cost their caller nothing, pass a {@link FloodGate}: beyond 200 in ten seconds
 * they are told in one line.
 */
public final class RequestLog implements CallListener {

  /** Its own name, so that it can be sent elsewhere or turned off alone. */
  public static final String LOGGER = "infermux.request";

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Logger log = LoggerFactory.getLogger(LOGGER);
  private final FloodGate refusals;

  public RequestLog(Timers timers) {
    this.refusals = new FloodGate(timers, this::flooded);
  }

  @Override
  public void finished(CallRecord record) {
    Level level = level(record);
    if (log.isEnabledForLevel(level) && passes(record)) {
      write(new LogEntry(log.atLevel(level)), record);
    }
  }

  private boolean passes(CallRecord record) {
    Failure failure = record.outcome().failure();
    return failure == null || !record.refused() || refusals.passes(failure.code());
  }

  private void flooded(Map<String, Long> counts, long sum) {
    LogEntry entry =
        new LogEntry(log.atWarn()).put("count", sum).put("window_s", FloodGate.WINDOW.toSeconds());
    counts.forEach(entry::put);
    entry.write("refused requests that have no line of their own");
  }

  private static Level level(CallRecord record) {
    if (!record.outcome().status().equals("error")) {
      return Level.INFO;
    }
    int status = record.outcome().httpStatus();
    return status >= 400 && status < 500 ? Level.INFO : Level.WARN;
  }

  private static void write(LogEntry entry, CallRecord record) {
    request(entry, record);
    route(entry, record.servedBy());
    entry
        .put("attempts", record.attempts().size())
        .put("status", record.outcome().status())
        .put("http_status", record.outcome().httpStatus());
    Failure failure = record.outcome().failure();
    if (failure != null) {
      entry.put("error_code", failure.code()).put("error", FailureText.of(failure));
    }
    charge(entry, record.usage(), record.cost());
    entry.put("latency_ms", record.latencyNanos() / NANOS_PER_MILLI);
    if (record.firstTokenNanos() > 0) {
      entry.put("ttft_ms", record.firstTokenNanos() / NANOS_PER_MILLI);
    }
    entry.putIfAny("finish_reason", record.finishReason()).write("request");
  }

  private static void request(LogEntry entry, CallRecord record) {
    Call call = record.call();
    Attribution whom = call.attribution();
    entry
        .put("request_id", call.requestId())
        .putIfAny("trace_id", record.traceId())
        .put("caller", whom.caller())
        .putIfAny("project", whom.project())
        .putIfAny("env", whom.env())
        .put("ingress", call.origin().ingress())
        .put("operation", call.operation().wireName())
        .put("requested_model", call.model())
        .put("stream", call.stream());
  }

  private static void route(LogEntry entry, ServedBy servedBy) {
    entry
        .putIfAny("provider", servedBy.provider())
        .putIfAny("model", servedBy.model())
        .putIfAny("strategy", servedBy.strategy())
        .putIfAny("route_group", servedBy.group())
        .putIfAny("model_override", servedBy.override());
  }

  private static void charge(LogEntry entry, Usage usage, Cost cost) {
    if (!usage.equals(Usage.NONE)) {
      entry
          .put("tokens_in", usage.promptTokens())
          .put("tokens_out", usage.completionTokens())
          .put("cost_usd", cost.amount().toBigDecimal())
          .put("cost_status", cost.status().wireName());
    }
  }
}
