package dev.infermux.events;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.inference.Attribution;
import dev.infermux.inference.Usd;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.mist.json.JsonWriter;

/** The fields that events have in common, written one way. */
final class EventJson {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private EventJson() {}

  /** Begins an event of a call with its ids and with whom it is charged to. */
  static JsonWriter begin(FinishedCall call) {
    Attribution whom = call.attribution();
    return JsonWriter.object()
        .text("request_id", call.requestId())
        .textIfAny("trace_id", call.traceId())
        .text("caller", whom.caller())
        .textIfAny("project", whom.project())
        .textIfAny("env", whom.env());
  }

  /** Exact: a JSON number with as many decimals as it takes, and never an exponent. */
  static JsonWriter usd(JsonWriter json, String name, Usd amount) {
    return json.raw(name, amount.toDecimal().getBytes(US_ASCII));
  }

  static long millis(long nanos) {
    return nanos / NANOS_PER_MILLI;
  }
}
