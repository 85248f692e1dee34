package dev.infermux.events;

import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.policy.circuit.CircuitState;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes one line a change of a circuit, with its facts as key-value pairs: at {@code warn} where
 * one opens, else at {@code info}. The logger is {@code infermux.circuit}.
 */
public final class CircuitLog implements Consumer<CircuitChange> {

  /** Its own name, so that it can be sent elsewhere or turned off alone. */
  public static final String LOGGER = "infermux.circuit";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  @Override
  public void accept(CircuitChange change) {
    Level level = change.to() == CircuitState.OPEN ? Level.WARN : Level.INFO;
    if (!LOG.isEnabledForLevel(level)) {
      return;
    }
    new LogEntry(LOG.atLevel(level))
        .put("provider", change.provider())
        .putIfAny("model", change.model())
        .put("from", change.from().wireName())
        .put("to", change.to().wireName())
        .put("reason", change.reason().wireName())
        .putIfAny("recovery_at", new CircuitStateEvent(change).recoveryAt())
        .write("circuit " + change.to().wireName());
  }
}
