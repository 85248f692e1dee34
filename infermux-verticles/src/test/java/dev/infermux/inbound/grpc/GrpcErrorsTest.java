package dev.infermux.inbound.grpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.client.InferMuxClient;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inference.Secret;
import dev.infermux.testing.MockAnswer;
import dev.infermux.v1.InferChunk;
import dev.infermux.v1.InferMuxServiceGrpc;
import dev.infermux.v1.InferRequest;
import dev.infermux.v1.InferResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class GrpcErrorsTest {

  private GrpcGateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway = GrpcGateway.start(vertx);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void without_messages_that_is_what_is_wrong_whatever_else_is() {
    InferRequest request =
        InferRequest.newBuilder()
            .setModel("nobody-has-it")
            .setTemperature(9)
            .setTemperatureSet(true)
            .build();

    refused(request, Status.Code.INVALID_ARGUMENT, "messages: empty (expected: at least one");
  }

  @Test
  void temperature_is_checked_before_the_roles() {
    InferRequest.Builder request =
        InferRequest.newBuilder()
            .setModel("nobody-has-it")
            .addMessages(GrpcGateway.message("tool", "Hi"))
            .setTemperature(2.5)
            .setTemperatureSet(true);

    refused(request.build(), Status.Code.INVALID_ARGUMENT, "temperature: 2.5 (expected: 0 to 2)");
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {Double.NaN, -0.1, 2.0001, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void temperature_that_is_no_number_from_0_to_2_is_refused(double temperature) {
    InferRequest request =
        GrpcGateway.asking("echo-v1", "Hi")
            .setTemperature(temperature)
            .setTemperatureSet(true)
            .build();

    refused(request, Status.Code.INVALID_ARGUMENT, "temperature: " + temperature);
  }

  @Test
  void temperature_that_is_not_set_is_not_checked() {
    InferRequest request = GrpcGateway.asking("echo-v1", "Hi").setTemperature(Double.NaN).build();

    assertThat(gateway.once().infer(request).getContent()).isEqualTo("echo: Hi");
  }

  @Test
  void roles_are_checked_in_turn_before_the_model() {
    InferRequest request =
        InferRequest.newBuilder()
            .setModel("nobody-has-it")
            .addMessages(GrpcGateway.message("user", "Hi"))
            .addMessages(GrpcGateway.message("User", "Hi"))
            .addMessages(GrpcGateway.message("tool", "Hi"))
            .build();

    refused(
        request,
        Status.Code.INVALID_ARGUMENT,
        "messages[1].role: \"User\" (expected: system | user | assistant)");
  }

  @Test
  void model_that_nobody_serves_is_not_found() {
    refused(
        GrpcGateway.asking("nobody-has-it", "Hi").build(), Status.Code.NOT_FOUND, "nobody-has-it");
  }

  @ParameterizedTest
  @CsvSource({
    "500, UNAVAILABLE",
    "503, UNAVAILABLE",
    "400, UNAVAILABLE",
    "404, UNAVAILABLE",
    "401, UNAVAILABLE",
    "429, RESOURCE_EXHAUSTED",
  })
  void status_of_the_provider_is_a_code(int status, Status.Code code) {
    gateway
        .gateway()
        .upstream()
        .next(MockAnswer.json(status, "{\"error\":{\"message\":\"no\",\"code\":\"x\"}}"));

    refused(GrpcGateway.asking(Gateway.MODEL, "Hi").build(), code, "no");
  }

  @Test
  void stream_that_breaks_fails_after_its_pieces() {
    gateway
        .gateway()
        .upstream()
        .next(MockAnswer.events(Texts.role(), Texts.delta("Hel")).thenReset());

    Iterator<InferChunk> chunks =
        gateway.once().inferStream(GrpcGateway.asking(Gateway.MODEL, "Hi").build());

    assertThat(chunks.next().getDelta()).isEqualTo("Hel");
    assertThat(GrpcGateway.failure(chunks::next).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void message_of_5_mb_is_too_much_and_the_next_call_is_served() {
    InferRequest request = GrpcGateway.asking("echo-v1", "x".repeat(5_000_000)).build();

    Status failure = GrpcGateway.failure(() -> gateway.once().infer(request));

    assertThat(failure.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(gateway.once().prompt("echo-v1", "Hi").getContent()).isEqualTo("echo: Hi");
  }

  @Test
  void method_that_there_is_none_of_is_unimplemented() {
    MethodDescriptor<InferRequest, InferResponse> unknown =
        InferMuxServiceGrpc.getInferMethod().toBuilder()
            .setFullMethodName("infermux.v1.InferMuxService/Train")
            .build();

    Status failure =
        GrpcGateway.failure(
            () ->
                ClientCalls.blockingUnaryCall(
                    gateway.channel(),
                    unknown,
                    CallOptions.DEFAULT,
                    InferRequest.getDefaultInstance()));

    assertThat(failure.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void key_is_asked_for_where_one_is_configured(Vertx vertx) {
    AuthOptions auth =
        AuthOptions.defaults().withMode(AuthMode.STATIC_KEY).withKey(Secret.of("k-1"));
    try (GrpcGateway keyed =
        GrpcGateway.start(vertx, config -> config.withHttp(Gateway.localHttp().withAuth(auth)))) {
      InferMuxClient client = keyed.client();

      for (InferMuxClient wrong : new InferMuxClient[] {client, client.withKey("k-2")}) {
        assertThat(GrpcGateway.failure(() -> wrong.prompt("echo-v1", "Hi")).getCode())
            .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(GrpcGateway.failure(wrong::listProviders).getCode())
            .isEqualTo(Status.Code.UNAUTHENTICATED);
      }
      assertThat(client.withKey("k-1").prompt("echo-v1", "Hi").getContent()).isEqualTo("echo: Hi");
      assertThat(client.withMetadata("x-api-key", "k-1").listProviders()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\n\u007fa", "\n\u0001\u00ff", "\u0007"})
  void bytes_that_are_no_request_are_the_callers_mistake(String bytes) {
    MethodDescriptor<InferRequest, InferResponse> method = InferMuxServiceGrpc.getInferMethod();
    Marshaller<String> raw =
        new Marshaller<>() {
          @Override
          public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
          }

          @Override
          public String parse(InputStream answer) {
            throw new UnsupportedOperationException();
          }
        };
    ManagedChannel channel = gateway.channel();

    Status failure =
        GrpcGateway.failure(
            () ->
                ClientCalls.blockingUnaryCall(
                    channel,
                    method.toBuilder(raw, method.getResponseMarshaller()).build(),
                    CallOptions.DEFAULT,
                    bytes));
    channel.shutdownNow();

    assertThat(failure.getCode()).as(failure.toString()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.getDescription()).contains("an infermux.v1.InferRequest");
  }

  private void refused(InferRequest request, Status.Code code, String text) {
    Status failure = GrpcGateway.failure(() -> gateway.once().infer(request));

    assertThat(failure.getCode()).as(failure.toString()).isEqualTo(code);
    assertThat(failure.getDescription()).contains(text);
  }
}
