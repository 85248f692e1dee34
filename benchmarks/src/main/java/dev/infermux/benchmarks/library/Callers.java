package dev.infermux.benchmarks.library;

import dev.infermux.BoundPorts;
import dev.infermux.v1.ChatMessage;
import dev.infermux.v1.InferMuxServiceGrpc;
import dev.infermux.v1.InferMuxServiceGrpc.InferMuxServiceStub;
import dev.infermux.v1.InferRequest;
import dev.infermux.v1.InferResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Callers of one InferMux over its sockets, on threads of their own. */
final class Callers implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = vertx.createHttpClient();
  private final int port;
  private final ManagedChannel channel;
  private final InferMuxServiceStub stub;
  private final Buffer body;
  private final InferRequest message;

  Callers(BoundPorts ports, String model, String prompt) {
    this.port = ports.port();
    Integer grpc = ports.grpcPort();
    this.channel =
        NettyChannelBuilder.forAddress(HOST, grpc == null ? 0 : grpc).usePlaintext().build();
    this.stub = InferMuxServiceGrpc.newStub(channel);
    this.body =
        new JsonObject()
            .put("model", model)
            .put(
                "messages",
                new JsonArray().add(new JsonObject().put("role", "user").put("content", prompt)))
            .toBuffer();
    this.message =
        InferRequest.newBuilder()
            .setModel(model)
            .addMessages(ChatMessage.newBuilder().setRole("user").setContent(prompt))
            .build();
  }

  /** A call of OpenAI's API or of MIST's, by its path. */
  Future<?> overHttp(String path) {
    return http.request(HttpMethod.POST, port, HOST, path)
        .compose(request -> request.putHeader("content-type", "application/json").send(body))
        .compose(
            answer ->
                answer.statusCode() == 200
                    ? answer.body()
                    : Future.failedFuture(path + " gave " + answer.statusCode()));
  }

  /** The same call as one of MIST's, over gRPC. */
  Future<?> overGrpc() {
    Promise<InferResponse> answer = Promise.promise();
    stub.infer(
        message,
        new StreamObserver<>() {
          @Override
          public void onNext(InferResponse response) {
            answer.tryComplete(response);
          }

          @Override
          public void onError(Throwable cause) {
            answer.tryFail(cause);
          }

          @Override
          public void onCompleted() {
            // The message has completed it.
          }
        });
    return answer.future();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    vertx.close().await();
  }
}
