package dev.infermux.inference.answer;

import dev.infermux.mist.Payload;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** The router's answer to a door, in OpenAI's dialect. It crosses the bus by reference. */
public sealed interface Answer extends Payload {

  Route route();

  /** A whole JSON answer with all that is known of it. */
  record Whole(Route route, Settlement settlement, Buffer body) implements Answer {

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
  record Streamed(Route route, AnswerStream stream, Future<Settlement> settled) implements Answer {

    @Override
    public byte[] json() {
      return "{\"stream\":true}".getBytes(StandardCharsets.US_ASCII);
    }
  }
}
