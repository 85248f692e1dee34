package dev.infermux.inbound.grpc;

import dev.infermux.dialect.mist.InferResponses;
import dev.infermux.inference.Answer;
import dev.infermux.time.Deadlines;
import dev.infermux.v1.InferRequest;
import dev.infermux.v1.InferResponse;
import io.grpc.Metadata;

/** Sends a whole answer as one message. */
final class WholeReply implements RpcReply {

  private final RpcExchange<InferRequest, InferResponse> exchange;

  WholeReply(RpcExchange<InferRequest, InferResponse> exchange) {
    this.exchange = exchange;
  }

  @Override
  public void send(Answer answer, Deadlines unread) {
    dev.infermux.mist.InferResponse whole = InferResponses.of(answer);
    Metadata head = AnswerMetadata.head(answer.head());
    AnswerMetadata.settlement(head, answer.end().result().totals());
    exchange.sendHeaders(head);
    InferResponse message =
        InferResponse.newBuilder()
            .setModel(whole.model())
            .setProvider(whole.provider())
            .setContent(whole.content())
            .setTokensIn(whole.tokensIn())
            .setTokensOut(whole.tokensOut())
            .setCostUsd(whole.costUsd())
            .setLatencyMs(whole.latencyMs())
            .setFinishReason(whole.finishReason())
            .build();
    exchange.sendWhole(message, message.getSerializedSize());
    exchange.end(new Metadata());
  }

  @Override
  public void ready() {
    // One message always fits.
  }

  @Override
  public boolean begun() {
    return false;
  }
}
