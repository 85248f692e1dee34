package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * One streamed piece of an answer: {@code infer.chunk}, an extension of this project.
 *
 * <p>The pieces of an answer carry {@code seq} 0, 1, 2 and so on without a gap; their deltas in
 * that order are the content. Exactly the last piece has an end; its delta may be empty. A stream
 * that fails ends with an {@link InferError} instead.
 *
 * @param requestId id of the envelope that carried the request
 * @param end totals of the whole answer, on the last piece alone
 */
public record InferChunk(String requestId, long seq, String delta, @Nullable End end)
    implements Payload {

  /** The field that holds a piece of the content. */
  public static final String DELTA = "delta";

  /**
   * The totals of an answer, as in {@link InferResponse}.
   *
   * @param finishReason never empty: on the wire it is what marks the last piece
   */
  public record End(
      String model,
      String provider,
      long tokensIn,
      long tokensOut,
      double costUsd,
      long latencyMs,
      String finishReason) {

    public End {
      Copies.finite("cost_usd", costUsd);
      if (finishReason.isEmpty()) {
        throw MistException.invalid("finish_reason", "empty", "a reason on the last piece");
      }
    }
  }

  /** A piece that is not the last. */
  public static InferChunk piece(String requestId, long seq, String delta) {
    return new InferChunk(requestId, seq, delta, null);
  }

  /** Whether the answer ends here. */
  public boolean last() {
    return end != null;
  }

  @Override
  public byte[] json() {
    JsonWriter out =
        JsonWriter.object().text("request_id", requestId).integer("seq", seq).text(DELTA, delta);
    if (end != null) {
      out.text("finish_reason", end.finishReason)
          .text("model", end.model)
          .text("provider", end.provider)
          .integer("tokens_in", end.tokensIn)
          .integer("tokens_out", end.tokensOut)
          .number("cost_usd", end.costUsd)
          .integer("latency_ms", end.latencyMs);
    }
    return out.end();
  }

  /** Leaves out the delta, which belongs in no log. */
  @Override
  public String toString() {
    return "InferChunk[%s, seq %d, %s]".formatted(requestId, seq, end);
  }

  static InferChunk read(JsonFields in) {
    return new InferChunk(
        in.text("request_id"), in.integer("seq", 0, Long.MAX_VALUE), in.text(DELTA), end(in));
  }

  private static @Nullable End end(JsonFields in) {
    if (in.text("finish_reason").isEmpty()) {
      return null;
    }
    return new End(
        in.text("model"),
        in.text("provider"),
        in.integer("tokens_in"),
        in.integer("tokens_out"),
        in.number("cost_usd"),
        in.integer("latency_ms"),
        in.text("finish_reason"));
  }
}
