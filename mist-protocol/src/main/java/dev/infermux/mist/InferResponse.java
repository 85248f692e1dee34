package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;

/** The answer to an {@link InferRequest}: {@code infer.response}. */
public record InferResponse(
    String model,
    String provider,
    String content,
    long tokensIn,
    long tokensOut,
    double costUsd,
    long latencyMs,
    String finishReason)
    implements Payload {

  public InferResponse {
    Copies.finite("cost_usd", costUsd);
  }

  @Override
  public byte[] json() {
    return JsonWriter.object()
        .text("model", model)
        .text("provider", provider)
        .text("content", content)
        .integer("tokens_in", tokensIn)
        .integer("tokens_out", tokensOut)
        .number("cost_usd", costUsd)
        .integer("latency_ms", latencyMs)
        .text("finish_reason", finishReason)
        .end();
  }

  /** Leaves out the content, which belongs in no log. */
  @Override
  public String toString() {
    return "InferResponse[%s from %s, %d + %d tokens, %s]"
        .formatted(model, provider, tokensIn, tokensOut, finishReason);
  }

  static InferResponse read(JsonFields in) {
    return new InferResponse(
        in.text("model"),
        in.text("provider"),
        in.text("content"),
        in.integer("tokens_in"),
        in.integer("tokens_out"),
        in.number("cost_usd"),
        in.integer("latency_ms"),
        in.text("finish_reason"));
  }
}
