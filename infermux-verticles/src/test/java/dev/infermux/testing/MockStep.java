package dev.infermux.testing;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** One thing a scripted answer does with its connection. */
sealed interface MockStep {

  /** Writes bytes in a TCP write of their own. */
  record Write(Buffer bytes) implements MockStep {}

  /** Writes the same bytes again and again, as fast as the peer reads; -1 times = for ever. */
  record Flood(Buffer bytes, long times) implements MockStep {}

  /** Does nothing for a while. */
  record Wait(Duration time) implements MockStep {}

  /** Goes on when the test says so. */
  record WaitFor(CompletionStage<?> gate) implements MockStep {}

  /** Leaves the connection open and never does anything again. */
  record Silence() implements MockStep {}

  /** Closes the connection in order (FIN). */
  record Close() implements MockStep {}

  /** Tears the connection down (RST). */
  record Reset() implements MockStep {}
}
