package dev.infermux.inbound.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inference.Secret;
import dev.infermux.v1.InferMuxServiceGrpc;
import dev.infermux.v1.InferRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** RPCs that the router never sees are published like any other request. */
@ExtendWith(VertxExtension.class)
class RefusedRpcTest {

  private static final int TOO_MANY = 5 * 1024 * 1024;

  @Test
  void refused_rpc_is_published_once(Vertx vertx) {
    BusEvents events = new BusEvents(vertx);
    try (GrpcGateway gateway =
        GrpcGateway.start(vertx, config -> config.withHttp(config.http().withAuth(keyed())))) {
      Status keyless = GrpcGateway.failure(() -> ask(gateway, fine(), "wrong"));
      Status empty =
          GrpcGateway.failure(() -> ask(gateway, InferRequest.getDefaultInstance(), "the-key"));
      Status streamed =
          GrpcGateway.failure(() -> stream(gateway, InferRequest.getDefaultInstance()));
      Status large =
          GrpcGateway.failure(
              () ->
                  ask(
                      gateway,
                      GrpcGateway.asking("echo-v1", "x".repeat(TOO_MANY)).build(),
                      "the-key"));
      Status unknown =
          GrpcGateway.failure(
              () -> ask(gateway, GrpcGateway.asking("nobody-has-it", "Hi").build(), "the-key"));
      ask(gateway, fine(), "the-key");

      assertThat(List.of(keyless, empty, streamed, large, unknown))
          .extracting(Status::getCode)
          .containsExactly(
              Status.Code.UNAUTHENTICATED,
              Status.Code.INVALID_ARGUMENT,
              Status.Code.INVALID_ARGUMENT,
              Status.Code.RESOURCE_EXHAUSTED,
              Status.Code.NOT_FOUND);
      List<JsonObject> published = events.inferences(6);
      assertThat(published).hasSize(6);
      assertThat(published)
          .allSatisfy(event -> assertThat(event.getString("ingress")).isEqualTo("grpc"))
          .extracting(event -> event.getInteger("http_status"))
          .containsExactlyInAnyOrder(401, 400, 400, 413, 404, 200);
    }
  }

  private static void ask(GrpcGateway gateway, InferRequest request, String key) {
    stub(gateway, key).infer(request);
  }

  private static void stream(GrpcGateway gateway, InferRequest request) {
    stub(gateway, "the-key").inferStream(request).forEachRemaining(chunk -> {});
  }

  private static InferMuxServiceGrpc.InferMuxServiceBlockingStub stub(
      GrpcGateway gateway, String key) {
    Metadata metadata = new Metadata();
    metadata.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
    return InferMuxServiceGrpc.newBlockingStub(gateway.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  private static InferRequest fine() {
    return GrpcGateway.asking("echo-v1", "Hi").build();
  }

  private static AuthOptions keyed() {
    return AuthOptions.defaults().withMode(AuthMode.STATIC_KEY).withKey(Secret.of("the-key"));
  }
}
