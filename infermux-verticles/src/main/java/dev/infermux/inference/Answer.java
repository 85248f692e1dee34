package dev.infermux.inference;

import dev.infermux.mist.Payload;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** The router's answer to a listener, in OpenAI's dialect. It crosses the bus by reference. */
public sealed interface Answer extends Payload {

  ServedBy route();

  /** A whole JSON answer with all that is known of it. */
  record Whole(ServedBy route, CallTotals settlement, Buffer body) implements Answer {

    @Override
    public byte[] json() {
      return InferResponseJson.of(this);
    }
  }

  /**
   * A stream with its first event ready. It stays in this process.
   *
   * @param settled completes just before the stream ends or fails; it never fails
   */
  record Streamed(ServedBy route, AnswerStream stream, Future<CallTotals> settled)
      implements Answer {

    @Override
    public byte[] json() {
      return "{\"stream\":true}".getBytes(StandardCharsets.US_ASCII);
    }
  }
}
