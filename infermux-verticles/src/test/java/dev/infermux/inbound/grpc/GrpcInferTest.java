package dev.infermux.inbound.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.testing.MockAnswer;
import dev.infermux.v1.Attribution;
import dev.infermux.v1.InferChunk;
import dev.infermux.v1.InferMuxServiceGrpc;
import dev.infermux.v1.InferRequest;
import dev.infermux.v1.InferResponse;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class GrpcInferTest {

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
  void prompt_is_answered_as_over_http() {
    InferResponse answer = gateway.client().prompt("echo-v1", "Hi there");

    assertThat(answer.getModel()).isEqualTo("echo-v1");
    assertThat(answer.getProvider()).isEqualTo("echo");
    assertThat(answer.getContent()).isEqualTo("echo: Hi there");
    assertThat(answer.getTokensIn()).isEqualTo(2);
    assertThat(answer.getTokensOut()).isEqualTo(3);
    assertThat(answer.getCostUsd()).isEqualTo(0.00005);
    assertThat(answer.getFinishReason()).isEqualTo("stop");
  }

  @Test
  void roles_maximum_and_temperature_reach_the_provider() {
    gateway.gateway().upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));
    InferRequest request =
        InferRequest.newBuilder()
            .setModel("gpt-4o")
            .addMessages(GrpcGateway.message("system", "Be \"brief\"\n"))
            .addMessages(GrpcGateway.message("user", "Grüße 🙂"))
            .addMessages(GrpcGateway.message("assistant", ""))
            .setMaxTokens(7)
            .setTemperature(0.25)
            .setTemperatureSet(true)
            .build();

    InferResponse answer = gateway.client().infer(request);

    assertThat(answer.getContent()).isEqualTo("Hello there");
    JsonObject sent = new JsonObject(gateway.gateway().upstream().lastRequest().body());
    assertThat(sent)
        .isEqualTo(
            new JsonObject(
                """
                {"model":"gpt-4o","messages":[
                  {"role":"system","content":"Be \\"brief\\"\\n"},
                  {"role":"user","content":"Grüße 🙂"},
                  {"role":"assistant","content":""}],
                 "max_tokens":7,"temperature":0.25,"stream":false}
                """));
  }

  @Test
  void what_is_not_set_is_left_to_the_provider() {
    gateway.gateway().upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));

    gateway.client().infer(GrpcGateway.asking("gpt-4o", "Hi").setTemperature(1.5).build());

    assertThat(gateway.gateway().upstream().lastRequest().body())
        .doesNotContain("max_tokens", "temperature");
  }

  @Test
  void stream_comes_in_pieces_and_ends_with_the_totals() {
    gateway.gateway().upstream().next(Texts.streamAnswer());

    List<InferChunk> chunks = new ArrayList<>();
    gateway
        .client()
        .inferStream(GrpcGateway.asking(Gateway.MODEL, "Hi").build())
        .forEachRemaining(chunks::add);

    InferChunk last = chunks.remove(chunks.size() - 1);
    assertThat(chunks).isNotEmpty().allMatch(chunk -> !chunk.hasEnd());
    assertThat(last.getDelta()).isEmpty();
    assertThat(last.getEnd().getProvider()).isEqualTo("upstream");
    assertThat(last.getEnd().getFinishReason()).isEqualTo("stop");
    assertThat(last.getEnd().getTokensOut()).isPositive();
    assertThat(gateway.gateway().upstream().lastRequest().body()).contains("\"stream\":true");
  }

  @Test
  void providers_are_listed_in_declared_order() {
    assertThat(gateway.client().listProviders())
        .extracting(provider -> provider.getName() + provider.getModelsList())
        .containsExactly(
            "echo[echo-v1]", "upstream[gpt-4o-mini, gpt-4o, text-embedding-3-small, org/model-7b]");
  }

  @Test
  void answer_comes_with_the_metadata_that_http_has_as_headers() {
    AtomicReference<Metadata> head = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    var stub =
        InferMuxServiceGrpc.newBlockingStub(gateway.channel())
            .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(head, trailers));

    stub.infer(GrpcGateway.asking("echo-v1", "Hi there").build());

    assertThat(value(head, "x-infermux-provider")).isEqualTo("echo");
    assertThat(value(head, "x-infermux-model")).isEqualTo("echo-v1");
    assertThat(value(head, "x-infermux-cost")).isEqualTo("0.00005");
    assertThat(value(head, "x-infermux-prompt-tokens")).isEqualTo("2");
    assertThat(value(head, "x-infermux-request-id")).isNotEmpty();

    stub.inferStream(GrpcGateway.asking("echo-v1", "Hi there").build()).forEachRemaining(c -> {});

    assertThat(value(head, "x-infermux-provider")).isEqualTo("echo");
    assertThat(value(trailers, "x-infermux-cost")).isEqualTo("0.00005");
  }

  @Test
  void caller_comes_from_metadata_before_the_message_and_is_charged(Vertx vertx) {
    BusEvents events = new BusEvents(vertx);
    InferRequest request =
        GrpcGateway.asking("echo-v1", "Hi")
            .setAttribution(Attribution.newBuilder().setCaller("of-message").setEnv("test"))
            .build();

    gateway.client().infer(request);
    gateway.client().withCaller("of-metadata").infer(request);

    assertThat(events.inferences(2))
        .extracting(event -> event.getString("caller"), event -> event.getString("ingress"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("of-message", "grpc"),
            org.assertj.core.groups.Tuple.tuple("of-metadata", "grpc"));
  }

  @Test
  void pinned_provider_is_the_only_one_asked() {
    var failure =
        GrpcGateway.failure(
            () ->
                gateway
                    .once()
                    .infer(GrpcGateway.asking("echo-v1", "Hi").setProvider("upstream").build()));

    assertThat(failure.getCode()).isEqualTo(io.grpc.Status.Code.NOT_FOUND);
  }

  private static String value(AtomicReference<Metadata> metadata, String name) {
    String value = metadata.get().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    return value == null ? "" : value;
  }
}
