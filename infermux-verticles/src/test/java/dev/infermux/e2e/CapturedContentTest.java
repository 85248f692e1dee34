package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.testing.MockAnswer;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import dev.infermux.tokentrace.testing.OtlpReceiver;
import dev.infermux.tokentrace.testing.ReceivedSpan;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class CapturedContentTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String WITH_TOOLS =
      """
      {"model":"gpt-4o-mini","messages":[{"role":"system","content":"Be brief."},\
      {"role":"user","content":[{"type":"text","text":"What is \\"this\\"?"},{"type":"image_url",\
      "image_url":{"url":"data:image/png;base64,AAAABBBB"}}]},{"role":"assistant","content":null,\
      "tool_calls":[{"id":"call_1","type":"function","function":{"name":"look",\
      "arguments":"{\\"at\\":1}"}}]},{"role":"tool","tool_call_id":"call_1","content":"a cat"}],\
      "tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object"}}}]}\
      """;

  private OtlpReceiver otlp;

  @BeforeEach
  void listen(Vertx vertx) {
    otlp = OtlpReceiver.start(vertx);
  }

  @AfterEach
  void close() {
    otlp.close();
  }

  @Test
  void a_chat_is_told_in_the_conventions_words(Vertx vertx) throws Exception {
    try (Gateway gateway = gateway(vertx, true)) {
      gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));
      gateway.post("/v1/chat/completions", WITH_TOOLS);
    }

    ReceivedSpan span = otlp.span("infermux.infer");
    assertThat(json(span, "gen_ai.system_instructions").toString())
        .isEqualTo("[{\"type\":\"text\",\"content\":\"Be brief.\"}]");
    JsonNode input = json(span, "gen_ai.input.messages");
    assertThat(input.get(0).get("parts").get(0).get("content").asText())
        .isEqualTo("What is \"this\"?");
    assertThat(input.get(0).get("parts").get(1).toString())
        .contains("\"blob\"", "image/png", "\"size\":6")
        .doesNotContain("AAAABBBB");
    assertThat(input.get(1).get("parts").get(0).get("arguments").get("at").asInt()).isEqualTo(1);
    assertThat(input.toString()).contains("tool_call_response", "a cat");
    assertThat(json(span, "gen_ai.tool.definitions").get(0).get("name").asText()).isEqualTo("look");
    JsonNode output = json(span, "gen_ai.output.messages").get(0);
    assertThat(output.get("parts").get(0).get("content").asText()).isEqualTo("Hello there");
    assertThat(output.get("finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void a_streams_pieces_are_put_together(Vertx vertx) throws Exception {
    try (Gateway gateway = gateway(vertx, true)) {
      gateway.upstream().next(Texts.streamAnswer());
      gateway.post("/v1/chat/completions", Texts.stream(Gateway.MODEL, "Hi"));
    }

    JsonNode output = json(otlp.span("infermux.infer"), "gen_ai.output.messages");
    assertThat(output.get(0).get("parts").get(0).get("content").asText()).isEqualTo("Hello there");
  }

  @Test
  void what_is_too_long_is_cut_and_stays_json(Vertx vertx) throws Exception {
    try (Gateway gateway = gateway(vertx, true)) {
      gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));
      gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "long ".repeat(50_000)));
    }

    JsonNode input = json(otlp.span("infermux.infer"), "gen_ai.input.messages");
    String text = input.get(0).get("parts").get(0).get("content").asText();
    assertThat(text).startsWith("long long").endsWith("… [cut]").hasSizeLessThan(33_000);
  }

  @Test
  void nothing_of_it_is_told_unless_the_configuration_wants_it(Vertx vertx) {
    try (Gateway gateway = gateway(vertx, false)) {
      gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));
      gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "a secret"));
    }

    assertThat(otlp.spans()).isNotEmpty();
    assertThat(otlp.spans().toString()).doesNotContain("a secret").doesNotContain("Hello there");
  }

  private Gateway gateway(Vertx vertx, boolean capture) {
    TelemetryOptions telemetry =
        TelemetryOptions.defaults()
            .withOtlp(Otlp.at(otlp.endpoint(), Protocol.HTTP_PROTOBUF))
            .withCaptureContent(capture);
    return Gateway.start(
        vertx,
        (config, upstream) ->
            config.withTelemetry(telemetry).withProvider(Gateway.provider(upstream)));
  }

  private static JsonNode json(ReceivedSpan span, String attribute) throws Exception {
    List<String> values =
        span.span().getAttributesList().stream()
            .filter(one -> one.getKey().equals(attribute))
            .map(one -> one.getValue().getStringValue())
            .toList();
    assertThat(values).as(attribute).hasSize(1);
    return MAPPER.readTree(values.get(0));
  }
}
