package dev.infermux.inbound.grpc;

import dev.infermux.inbound.CellAccess;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.RefusedCall;
import dev.infermux.v1.InferRequest;
import io.grpc.ServerCall;
import java.util.function.Consumer;
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
  private boolean reported;

  InferCall(
      RpcExchange<InferRequest, R> exchange, CellAccess cell, RpcReply reply, boolean stream) {
    this.exchange = exchange;
    this.cell = cell;
    this.reply = reply;
    this.stream = stream;
  }

  /** Waits for its request, as long as it comes. */
  InferCall<R> awaited() {
    cell.serve(router -> exchange.awaited().begin(exchange.unsent(router), late(router)));
    return this;
  }

  private Consumer<InferenceException> late(RouterClient router) {
    return late -> {
      refuse(router, late);
      exchange.fail(late);
    };
  }

  @Override
  public void onMessage(InferRequest message) {
    request = message;
  }

  @Override
  public void onHalfClose() {
    cell.serve(router -> contained(() -> serve(router)));
  }

  @Override
  public void onReady() {
    cell.serve(router -> contained(reply::ready));
  }

  @Override
  public void onComplete() {
    exchange.ended();
    cell.serve(router -> exchange.untaken().over());
  }

  @Override
  public void onCancel() {
    exchange.ended();
    cell.serve(this::left);
  }

  /** A call that runs into its deadline is ended by the router, which says so in its records. */
  private void left(RouterClient router) {
    reply.over();
    exchange.awaited().over();
    exchange.untaken().over();
    refuse(router, new InferenceException(exchange.interrupted()));
    if (reply.begun() || !exchange.late()) {
      exchange.cancellation().cancel();
    }
  }

  /** A bug ends this RPC, instead of leaving its caller to wait. */
  private void contained(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error bug) {
      exchange.cancellation().cancel();
      exchange.fail(bug);
    }
  }

  private void serve(RouterClient router) {
    InferRequest asked = request == null ? InferRequest.getDefaultInstance() : request;
    exchange.awaited().over();
    if (exchange.isOver()) {
      return;
    }
    Call call;
    exchange.untaken().within(exchange.unread(router));
    try {
      exchange.checkRoom();
      call = GrpcCalls.call(exchange, asked, stream);
    } catch (RuntimeException refused) {
      refuse(router, refused);
      exchange.fail(refused);
      return;
    }
    reported = true;
    router.ask(call).onComplete((answer, cause) -> answered(router, answer, cause));
  }

  /** Has a call that the router was not asked published like any other, once. */
  private void refuse(RouterClient router, RuntimeException cause) {
    if (!reported) {
      reported = true;
      router.refuse(RefusedCall.of(GrpcCalls.unread(exchange), cause));
    }
  }

  private void answered(RouterClient router, @Nullable Answer answer, @Nullable Throwable cause) {
    if (answer == null) {
      exchange.fail(cause == null ? new IllegalStateException("neither answer nor cause") : cause);
      return;
    }
    contained(() -> reply.send(answer, exchange.unread(router)));
  }
}
