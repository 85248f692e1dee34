package dev.infermux.inbound.grpc;

import dev.infermux.inbound.CellAccess;
import dev.infermux.v1.ListProvidersRequest;
import dev.infermux.v1.ListProvidersResponse;
import io.grpc.Metadata;
import io.grpc.ServerCall;

/** One {@code ListProviders}. */
final class ListCall extends ServerCall.Listener<ListProvidersRequest> {

  private final InferService service;
  private final RpcExchange<ListProvidersRequest, ListProvidersResponse> exchange;
  private final CellAccess cell;

  ListCall(
      InferService service,
      RpcExchange<ListProvidersRequest, ListProvidersResponse> exchange,
      CellAccess cell) {
    this.service = service;
    this.exchange = exchange;
    this.cell = cell;
  }

  /** Waits for its request, as long as it comes. */
  ListCall awaited() {
    cell.serve(router -> exchange.awaited().begin(exchange.unsent(router), exchange::fail));
    return this;
  }

  @Override
  public void onHalfClose() {
    arrived();
    try {
      ListProvidersResponse list = service.list(exchange.caller());
      exchange.sendHeaders(new Metadata());
      exchange.send(list);
      exchange.end(new Metadata());
    } catch (RuntimeException | Error refused) {
      exchange.fail(refused);
    }
  }

  @Override
  public void onComplete() {
    exchange.ended();
  }

  @Override
  public void onCancel() {
    exchange.ended();
    arrived();
  }

  private void arrived() {
    cell.serve(router -> exchange.awaited().over());
  }
}
