package dev.infermux.inbound.grpc;

import dev.infermux.dialect.mist.InferChunks;
import dev.infermux.inference.Answer;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.ServedBy;
import dev.infermux.v1.InferChunk;
import dev.infermux.v1.InferRequest;
import dev.infermux.v1.InferResponse;
import io.grpc.Metadata;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Relays a stream: a message for each piece of text, the provider paused while the caller's socket
 * is full, and the totals in the last message and in the trailers.
 */
final class StreamedReply implements RpcReply {

  private final RpcExchange<InferRequest, InferChunk> exchange;
  private @Nullable AnswerStream events;
  private boolean paused;

  StreamedReply(RpcExchange<InferRequest, InferChunk> exchange) {
    this.exchange = exchange;
  }

  @Override
  public void send(Answer answer) {
    AnswerStream stream = answer.events();
    if (exchange.isOver()) {
      stream.cancel();
      return;
    }
    events = stream;
    exchange.sendHeaders(AnswerMetadata.head(answer.head()));
    stream.exceptionHandler(exchange::fail);
    stream.endHandler(ended -> whole(answer.head().servedBy(), answer.end().result().totals()));
    stream.handler(this::relay);
    stream.resume();
  }

  @Override
  public void ready() {
    if (paused && events != null && exchange.isReady()) {
      paused = false;
      events.resume();
    }
  }

  @Override
  public boolean begun() {
    return events != null;
  }

  private void relay(Buffer chunk) {
    for (String delta : InferChunks.deltas(chunk)) {
      exchange.send(InferChunk.newBuilder().setDelta(delta).build());
    }
    if (!exchange.isReady() && !paused && events != null) {
      paused = true;
      events.pause();
      ready();
    }
  }

  private void whole(ServedBy servedBy, CallTotals totals) {
    String reason;
    try {
      reason = InferChunks.end(servedBy, totals).finishReason();
    } catch (InferenceException unproven) {
      exchange.fail(unproven);
      return;
    }
    exchange.send(
        InferChunk.newBuilder()
            .setEnd(
                InferResponse.newBuilder()
                    .setModel(servedBy.model())
                    .setProvider(servedBy.provider())
                    .setTokensIn(totals.usage().promptTokens())
                    .setTokensOut(totals.usage().completionTokens())
                    .setCostUsd(totals.cost().amount().toDouble())
                    .setLatencyMs(totals.latencyMillis())
                    .setFinishReason(reason))
            .build());
    Metadata trailers = new Metadata();
    AnswerMetadata.settlement(trailers, totals);
    exchange.end(trailers);
  }
}
