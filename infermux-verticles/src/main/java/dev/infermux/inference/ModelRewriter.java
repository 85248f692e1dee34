package dev.infermux.inference;

import io.vertx.core.buffer.Buffer;

/** Puts one name in the place of an answer's model; all other bytes stay as they are. */
public interface ModelRewriter {

  /** A whole answer under this name. */
  Buffer in(Buffer answer);

  /** A stream's whole events under this name. */
  Buffer inEvents(Buffer events);
}
