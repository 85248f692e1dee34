package dev.infermux.inbound.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.testing.MockAnswer;
import dev.infermux.v1.InferMuxServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and reflection, asked as any plain client does. */
@ExtendWith(VertxExtension.class)
class StandardServicesTest {

  private GrpcGateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway = GrpcGateway.start(vertx);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "infermux.v1.InferMuxService"})
  void server_and_service_are_serving(String name) {
    assertThat(health().check(asking(name)).getStatus()).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void health_of_another_service_is_not_found() {
    assertThat(GrpcGateway.failure(() -> health().check(asking("infermux.v2"))).getCode())
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void drain_is_told_to_who_watches_and_waits_for_the_call_in_flight() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    gateway.gateway().upstream().next(MockAnswer.json(Texts.CHAT_ANSWER).after(gate));
    var call =
        InferMuxServiceGrpc.newFutureStub(gateway.channel())
            .infer(GrpcGateway.asking(Gateway.MODEL, "Hi").build());
    Iterator<HealthCheckResponse> watch = health().watch(asking("infermux.v1.InferMuxService"));
    assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
    await().until(() -> gateway.gateway().upstream().requests().size() == 1);

    Future<Void> drained = gateway.gateway().inferMux().drain(Duration.ofSeconds(20));

    assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(drained.isComplete()).isFalse();
    gate.complete(null);
    drained.await();
    assertThat(call).succeedsWithin(Duration.ofSeconds(5));
    assertThat(GrpcGateway.failure(() -> gateway.once().prompt("echo-v1", "Hi")).getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void drain_cuts_what_does_not_end_in_time() {
    gateway.gateway().upstream().next(MockAnswer.silence());
    var call =
        InferMuxServiceGrpc.newFutureStub(gateway.channel())
            .infer(GrpcGateway.asking(Gateway.MODEL, "Hi").build());
    await().until(() -> gateway.gateway().upstream().requests().size() == 1);

    gateway.gateway().inferMux().drain(Duration.ofMillis(50)).await();

    assertThat(call).failsWithin(Duration.ofSeconds(5));
    await().until(gateway.gateway().upstream().lastRequest()::abandoned);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1alpha"})
  void reflection_leads_from_the_list_of_services_to_the_fields(String version) throws Exception {
    ServerReflectionResponse services =
        reflect(version, ServerReflectionRequest.newBuilder().setListServices("").build());
    assertThat(services.getListServicesResponse().getServiceList())
        .extracting(service -> service.getName())
        .contains(
            "infermux.v1.InferMuxService",
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection");

    ServerReflectionResponse files =
        reflect(
            version,
            ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol("infermux.v1.InferMuxService")
                .build());
    FileDescriptorProto file =
        FileDescriptorProto.parseFrom(files.getFileDescriptorResponse().getFileDescriptorProto(0));

    assertThat(file.getName()).isEqualTo("infermux/v1/infermux.proto");
    assertThat(file.getService(0).getMethodList())
        .extracting(method -> method.getName())
        .containsExactly("Infer", "ListProviders", "InferStream");
    assertThat(fields(file, "ChatMessage")).containsExactly("role=1", "content=2");
    assertThat(fields(file, "InferRequest"))
        .startsWith("model=1", "messages=2", "max_tokens=3", "temperature=4", "temperature_set=5");
    assertThat(fields(file, "InferResponse"))
        .containsExactly(
            "model=1",
            "provider=2",
            "content=3",
            "tokens_in=4",
            "tokens_out=5",
            "cost_usd=6",
            "latency_ms=7",
            "finish_reason=8");
    assertThat(fields(file, "ProviderInfo")).containsExactly("name=1", "models=2");
    assertThat(fields(file, "ListProvidersResponse")).containsExactly("providers=1");
  }

  private static List<String> fields(FileDescriptorProto file, String message) {
    return file.getMessageTypeList().stream()
        .filter(type -> type.getName().equals(message))
        .flatMap(type -> type.getFieldList().stream())
        .map((FieldDescriptorProto field) -> field.getName() + "=" + field.getNumber())
        .toList();
  }

  /** The messages of both versions are the same on the wire. */
  private ServerReflectionResponse reflect(String version, ServerReflectionRequest request) {
    var method =
        ServerReflectionGrpc.getServerReflectionInfoMethod().toBuilder()
            .setFullMethodName(
                "grpc.reflection." + version + ".ServerReflection/ServerReflectionInfo")
            .build();
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    var requests =
        ClientCalls.asyncBidiStreamingCall(
            gateway.channel().newCall(method, CallOptions.DEFAULT),
            new StreamObserver<ServerReflectionResponse>() {
              @Override
              public void onNext(ServerReflectionResponse response) {
                answer.complete(response);
              }

              @Override
              public void onError(Throwable cause) {
                answer.completeExceptionally(cause);
              }

              @Override
              public void onCompleted() {
                answer.completeExceptionally(new AssertionError("no answer"));
              }
            });
    requests.onNext(request);
    ServerReflectionResponse response = answer.join();
    requests.onCompleted();
    return response;
  }

  private HealthGrpc.HealthBlockingStub health() {
    return HealthGrpc.newBlockingStub(gateway.channel());
  }

  private static HealthCheckRequest asking(String name) {
    return HealthCheckRequest.newBuilder().setService(name).build();
  }
}
