package dev.infermux.dialect.chat;

import dev.infermux.dialect.Framing;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.Operation;

/**
 * A dialect as an end of translations.
 *
 * @param operation the one of its operations that {@code chat} reads and writes
 * @param framing of its streams
 */
public record ChatSide(Dialect dialect, Operation operation, Framing framing, ChatDialect chat) {

  /** Whether such a request is read here. */
  public boolean reads(Dialect other, Operation asked) {
    return dialect.id().equals(other.id()) && operation == asked;
  }
}
