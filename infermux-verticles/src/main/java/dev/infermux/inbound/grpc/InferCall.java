package dev.infermux.inbound.grpc;

import dev.infermux.inbound.CellAccess;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inference.Answer;
import dev.infermux.v1.InferRequest;
import io.grpc.ServerCall;
import org.jspecify.annotations.Nullable;

/**
 * One {@code Infer} or {@code InferStream}. gRPC's events come on the connection's event loop; all
 * else happens on the cell's context, in their order.
 */
final class InferCall<R> extends ServerCall.Listener<InferRequest> {

  private final RpcExchange<InferRequest, R> exchange;
  private final CellAccess cell;
  private final RpcReply reply;
  private final boolean stream;
  private @Nullable InferRequest request;

  InferCall(
      RpcExchange<InferRequest, R> exchange, CellAccess cell, RpcReply reply, boolean stream) {
    this.exchange = exchange;
    this.cell = cell;
    this.reply = reply;
    this.stream = stream;
  }

  @Override
  public void onMessage(InferRequest message) {
    request = message;
  }

  @Override
  public void onHalfClose() {
    cell.serve(this::serve);
  }

  @Override
  public void onReady() {
    cell.serve(router -> reply.ready());
  }

  @Override
  public void onComplete() {
    exchange.ended();
  }

  @Override
  public void onCancel() {
    exchange.ended();
    cell.serve(router -> left());
  }

  /** A call that runs into its deadline is ended by the router, which says so in its records. */
  private void left() {
    if (reply.begun() || !exchange.late()) {
      exchange.cancellation().cancel();
    }
  }

  private void serve(RouterClient router) {
    try {
      InferRequest asked = request == null ? InferRequest.getDefaultInstance() : request;
      router.ask(GrpcCalls.call(exchange, asked, stream)).onComplete(this::answered);
    } catch (RuntimeException refused) {
      exchange.fail(refused);
    }
  }

  private void answered(@Nullable Answer answer, @Nullable Throwable cause) {
    if (answer == null) {
      exchange.fail(cause == null ? new IllegalStateException("neither answer nor cause") : cause);
      return;
    }
    try {
      reply.send(answer);
    } catch (RuntimeException bug) {
      exchange.cancellation().cancel();
      exchange.fail(bug);
    }
  }
}
