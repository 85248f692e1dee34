package dev.infermux.inbound.grpc;

import dev.infermux.inbound.CellAccess;
import dev.infermux.inbound.ConnectionOptions;
import dev.infermux.inbound.ListedProvider;
import dev.infermux.inbound.auth.Authenticator;
import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inference.InferenceException;
import dev.infermux.time.Time;
import dev.infermux.v1.InferMuxServiceGrpc;
import dev.infermux.v1.InferRequest;
import dev.infermux.v1.ListProvidersRequest;
import dev.infermux.v1.ListProvidersResponse;
import dev.infermux.v1.ProviderInfo;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The RPCs of {@code infermux.v1.InferMuxService}, and what each call of one needs. */
final class InferService {

  private static final Logger LOG = LoggerFactory.getLogger(InferService.class);

  private final GrpcSettings settings;
  private final Supplier<? extends CellAccess> cells;
  private final Supplier<List<ListedProvider>> providers;
  private final Time time;
  private final InFlight inFlight;

  InferService(
      GrpcSettings settings,
      Supplier<? extends CellAccess> cells,
      Supplier<List<ListedProvider>> providers,
      Time time,
      InFlight inFlight) {
    this.settings = settings;
    this.cells = cells;
    this.providers = providers;
    this.time = time;
    this.inFlight = inFlight;
  }

  ServerServiceDefinition definition() {
    ServiceDescriptor service = InferMuxServiceGrpc.getServiceDescriptor();
    var whole = ReadRequests.of(InferMuxServiceGrpc.getInferMethod(), ReadRequests.UNREADABLE);
    var stream =
        ReadRequests.of(InferMuxServiceGrpc.getInferStreamMethod(), ReadRequests.UNREADABLE);
    var list =
        ReadRequests.of(
            InferMuxServiceGrpc.getListProvidersMethod(),
            ListProvidersRequest.getDefaultInstance());
    return ServerServiceDefinition.builder(
            ServiceDescriptor.newBuilder(service.getName())
                .setSchemaDescriptor(service.getSchemaDescriptor())
                .addMethod(whole)
                .addMethod(stream)
                .addMethod(list)
                .build())
        .addMethod(whole, contained((call, headers) -> begun(call, headers, WholeReply::new)))
        .addMethod(stream, contained((call, headers) -> begun(call, headers, StreamedReply::new)))
        .addMethod(
            list,
            contained(
                (call, headers) ->
                    new ListCall(this, new RpcExchange<>(this, call, headers), cells.get())
                        .awaited()))
        .build();
  }

  /** A bug before an RPC has a listener ends it as a later one does. */
  private static <Q, R> ServerCallHandler<Q, R> contained(ServerCallHandler<Q, R> handler) {
    return (call, headers) -> {
      try {
        return handler.startCall(call, headers);
      } catch (RuntimeException bug) {
        LOG.error(
            "rpc /{}: unexpected failure", call.getMethodDescriptor().getFullMethodName(), bug);
        call.close(FailureStatus.of(InferenceException.failureOf(bug)), new Metadata());
        return new ServerCall.Listener<>() {};
      }
    };
  }

  private <R> ServerCall.Listener<InferRequest> begun(
      ServerCall<InferRequest, R> call,
      Metadata headers,
      Function<RpcExchange<InferRequest, R>, RpcReply> reply) {
    CellAccess cell = cells.get();
    RpcExchange<InferRequest, R> exchange = new RpcExchange<>(this, call, headers);
    boolean stream =
        call.getMethodDescriptor().getType() == MethodDescriptor.MethodType.SERVER_STREAMING;
    return new InferCall<>(exchange, cell, reply.apply(exchange), stream).awaited();
  }

  Authenticator authenticator() {
    return settings.authenticator();
  }

  ConnectionOptions connections() {
    return settings.connections();
  }

  Time time() {
    return time;
  }

  InFlight inFlight() {
    return inFlight;
  }

  ListProvidersResponse list(Caller caller) {
    ListProvidersResponse.Builder list = ListProvidersResponse.newBuilder();
    for (ListedProvider provider : ListedProvider.visible(providers.get(), caller::mayAskFor)) {
      list.addProviders(
          ProviderInfo.newBuilder().setName(provider.name()).addAllModels(provider.models()));
    }
    return list.build();
  }
}
