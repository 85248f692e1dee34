package dev.infermux.events;

import dev.infermux.mist.MistType;
import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import dev.infermux.policy.circuit.CircuitChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A provider's circuit has changed its state. Its JSON is made only when asked for. */
record CircuitStateEvent(CircuitChange change) implements Payload {

  public static final String TYPE = MistType.EVENT_CIRCUIT_STATE;

  /** RFC 3339 in UTC, to the millisecond; empty unless the circuit is open. */
  public String recoveryAt() {
    Instant recovery = change.recoveryAt();
    return recovery == null ? "" : recovery.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  @Override
  public byte[] json() {
    JsonWriter json =
        JsonWriter.object()
            .text("provider", change.provider())
            .textIfAny("model", change.model())
            .text("from", change.from().wireName())
            .text("to", change.to().wireName())
            .text("reason", change.reason().wireName());
    return json.textIfAny("recovery_at", recoveryAt()).end();
  }
}
