package dev.infermux.inbound.grpc;

import dev.infermux.client.InferMuxClient;
import dev.infermux.config.Config;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.v1.ChatMessage;
import dev.infermux.v1.InferRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A gateway that serves gRPC too, with a client and a channel without retries of its own. */
final class GrpcGateway implements AutoCloseable {

  private final Gateway gateway;
  private final InferMuxClient client;
  private final ManagedChannel channel;

  private GrpcGateway(Gateway gateway) {
    this.gateway = gateway;
    this.client = InferMuxClient.connect(target());
    this.channel =
        Grpc.newChannelBuilder(target(), InsecureChannelCredentials.create())
            .disableRetry()
            .build();
  }

  static GrpcGateway start(Vertx vertx) {
    return start(vertx, config -> config);
  }

  static GrpcGateway start(Vertx vertx, UnaryOperator<Config> settings) {
    return new GrpcGateway(
        Gateway.start(
            vertx,
            (config, upstream) ->
                settings.apply(listening(config).withProvider(Gateway.provider(upstream)))));
  }

  /** With gRPC on a free port of 127.0.0.1. */
  static Config listening(Config config) {
    return config.withGrpcListen(new ListenAddress("127.0.0.1", 0));
  }

  Gateway gateway() {
    return gateway;
  }

  int port() {
    return Objects.requireNonNull(gateway.listening().grpcPort());
  }

  String target() {
    return "127.0.0.1:" + port();
  }

  /** With the retries of the product's client. */
  InferMuxClient client() {
    return client;
  }

  ManagedChannel channel() {
    return channel;
  }

  /** Calls without retries. */
  InferMuxClient once() {
    return InferMuxClient.over(channel);
  }

  /** One question of a user. */
  static InferRequest.Builder asking(String model, String question) {
    return InferRequest.newBuilder().setModel(model).addMessages(message("user", question));
  }

  static ChatMessage message(String role, String content) {
    return ChatMessage.newBuilder().setRole(role).setContent(content).build();
  }

  /** How a call that must fail does. */
  static Status failure(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException failed) {
      return failed.getStatus();
    }
    throw new AssertionError("the call did not fail");
  }

  @Override
  public void close() {
    client.close();
    channel.shutdownNow();
    gateway.close();
  }
}
