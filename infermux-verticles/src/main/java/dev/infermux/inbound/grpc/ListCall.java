package dev.infermux.inbound.grpc;

import dev.infermux.v1.ListProvidersRequest;
import dev.infermux.v1.ListProvidersResponse;
import io.grpc.Metadata;
import io.grpc.ServerCall;

/** One {@code ListProviders}. */
final class ListCall extends ServerCall.Listener<ListProvidersRequest> {

  private final InferService service;
  private final RpcExchange<ListProvidersRequest, ListProvidersResponse> exchange;

  ListCall(
      InferService service, RpcExchange<ListProvidersRequest, ListProvidersResponse> exchange) {
    this.service = service;
    this.exchange = exchange;
  }

  @Override
  public void onHalfClose() {
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
  }
}
