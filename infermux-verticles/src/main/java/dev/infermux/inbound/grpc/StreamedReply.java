package dev.infermux.inbound.grpc;

import dev.infermux.dialect.mist.InferChunks;
import dev.infermux.inference.Answer;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.ServedBy;
import dev.infermux.time.Deadlines;
import dev.infermux.v1.InferChunk;
import dev.infermux.v1.InferRequest;
import dev.infermux.v1.InferResponse;
import io.grpc.Metadata;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Relays a stream: a message for each piece of text, the provider paused while the caller's socket
 * is full, and the totals in the last message and in the trailers.
 */
final class StreamedReply implements RpcReply {

  private final RpcExchange<InferRequest, InferChunk> exchange;
  private @Nullable AnswerStream events;
  private @Nullable Deadlines limit;
  private Deadlines.@Nullable Watch unread;
  private boolean paused;

  StreamedReply(RpcExchange<InferRequest, InferChunk> exchange) {
    this.exchange = exchange;
  }

  @Override
  public void send(Answer answer, Deadlines unreadLimit) {
    AnswerStream stream = answer.events();
    if (exchange.isOver()) {
      stream.cancel();
      return;
    }
    events = stream;
    limit = unreadLimit;
    exchange.sendHeaders(AnswerMetadata.head(answer.head()));
    stream.exceptionHandler(
        broken -> {
          over();
          exchange.fail(broken);
        });
    stream.endHandler(ended -> whole(answer.head().servedBy(), answer.end().result().totals()));
    stream.handler(this::relay);
    stream.resume();
  }

  @Override
  public void ready() {
    if (paused && events != null && exchange.isReady()) {
      paused = false;
      over();
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
      watch();
      ready();
    }
  }

  private void watch() {
    Deadlines unreadLimit = limit;
    if (unread != null) {
      unread.touch();
    } else if (unreadLimit != null) {
      unread = unreadLimit.watch(() -> givenUp(unreadLimit.limit()));
    }
  }

  private void givenUp(Duration waited) {
    exchange.cancellation().cancel();
    exchange.fail(
        new InferenceException(
            new Failure.Cancelled(
                "the caller took nothing of its answer for "
                    + waited.toSeconds()
                    + " s (http.write_timeout)")));
    exchange.untaken().giveUp();
  }

  @Override
  public void over() {
    if (unread != null) {
      unread.stop();
    }
  }

  private void whole(ServedBy servedBy, CallTotals totals) {
    String reason;
    try {
      reason = InferChunks.end(servedBy, totals).finishReason();
    } catch (Throwable unproven) {
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
