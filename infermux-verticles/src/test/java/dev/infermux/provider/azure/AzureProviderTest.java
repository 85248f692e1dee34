package dev.infermux.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Dialect;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Secret;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.HealthCheck;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Azure's addresses, its key, its streams and its errors, over a socket. */
@Timeout(60)
@ExtendWith(VertxExtension.class)
class AzureProviderTest {

  private static final String FILTERED =
      "{\"error\":{\"code\":\"content_filter\",\"param\":\"prompt\",\"message\":\"The response was"
          + " filtered\",\"status\":400,\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\","
          + "\"content_filter_result\":{\"violence\":{\"filtered\":true,\"severity\":\"high\"}}}}}";

  private final List<ProviderRig> rigs = new ArrayList<>();
  private Vertx vertx;
  private MockUpstream upstream;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    upstream =
        MockUpstream.start(vertx).always(MockAnswer.json(Wire.text("openai/azure-chat.json")));
  }

  @AfterEach
  void close() {
    rigs.forEach(ProviderRig::close);
    upstream.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2024-10-21, /openai/deployments/dep%201/chat/completions?api-version=2024-10-21",
    "/, 2024-10-21, /openai/deployments/dep%201/chat/completions?api-version=2024-10-21",
    "/openai, 2024-10-21, /openai/deployments/dep%201/chat/completions?api-version=2024-10-21",
    "/proxy?a=b, 2024-10-21,"
        + " /proxy/openai/deployments/dep%201/chat/completions?a=b&api-version=2024-10-21",
    "/openai/v1, 2024-10-21, /openai/v1/chat/completions",
    "/openai/v1/, 2024-10-21, /openai/v1/chat/completions",
    "'', v1, /openai/v1/chat/completions",
    "/openai, preview, /openai/v1/chat/completions?api-version=preview",
  })
  void a_deployment_is_asked_where_azure_has_it(String path, String version, String target) {
    rig(path, options -> options.withAzureApiVersion(version)).whole(TestCall.chat());

    MockRequest sent = upstream.lastRequest();
    assertThat(sent.target()).isEqualTo(target);
    assertThat(new JsonObject(sent.body()).getString("model"))
        .isEqualTo(target.contains("/v1/") ? "dep 1" : "gpt-4o-mini");
  }

  @Test
  void an_alias_is_a_deployment_and_every_other_model_goes_to_the_usual_one() {
    ProviderRig rig = rig("", options -> options.withModelAliases(Map.of("gpt-4o", "big/one")));

    rig.whole(TestCall.chat().model("big/one"));
    rig.whole(TestCall.chat().model("other"));

    assertThat(upstream.requests())
        .extracting(MockRequest::target)
        .containsExactly(
            "/openai/deployments/big%2Fone/chat/completions?api-version=2024-08-01-preview",
            "/openai/deployments/dep%201/chat/completions?api-version=2024-08-01-preview");
  }

  @ParameterizedTest
  @CsvSource({"/openai/v1,false", "'',true"})
  void a_deployment_that_has_responses_alone_is_known_where_these_are(String path, boolean chats) {
    ProviderRig rig = rig(path, options -> options);
    String message = "The chatCompletion operation does not work with the specified model, dep 1.";
    JsonObject error =
        new JsonObject().put("code", "OperationNotSupported").put("message", message);
    upstream.next(MockAnswer.json(400, new JsonObject().put("error", error).encode()));

    TestCall call = TestCall.chat().model("other");
    Dialect dialect = call.call().body().dialect();
    rig.failure(call);

    assertThat(rig.provider().speaks(dialect, Operation.CHAT, "other")).isEqualTo(chats);
  }

  @Test
  void a_model_that_would_leave_its_place_is_refused() {
    ProviderRig rig = rig("", options -> options.withAzureDeployment(null));

    assertThat(rig.failure(TestCall.chat().model("..")).code()).isEqualTo("invalid_request");
    assertThat(upstream.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0123abcd, api-key, 0123abcd", "eyJ0.e30.x, authorization, Bearer eyJ0.e30.x"})
  void the_key_goes_in_one_header_alone(String key, String header, String value) {
    rig("", options -> options.withApiKey(Secret.of(key))).whole(TestCall.chat());

    assertThat(upstream.lastRequest().headers().get(header)).isEqualTo(value);
    String other = header.equals("api-key") ? "authorization" : "api-key";
    assertThat(upstream.lastRequest().headers().contains(other)).isFalse();
  }

  @Test
  void the_report_on_the_prompt_gets_the_name_of_its_stream() {
    List<String> events = new ArrayList<>(Wire.lines("openai/model-router.chunks"));
    events.add("[DONE]");
    upstream.next(MockAnswer.events(events));

    StreamProbe probe = rig("", options -> options).streamed(TestCall.stream()).resume().awaited();

    JsonObject first = new JsonObject(probe.events().get(0));
    JsonObject second = new JsonObject(probe.events().get(1));
    assertThat(first.containsKey("prompt_filter_results")).isTrue();
    for (String field : List.of("id", "model", "created", "object")) {
      assertThat(first.getValue(field)).isEqualTo(second.getValue(field));
    }
    assertThat(probe.summary().failure()).isNull();
  }

  @Test
  void annotations_of_a_filter_that_comes_later_are_named_and_left_out_after_the_end() {
    String head = "\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"m\"";
    String note =
        "{\"id\":\"\",\"object\":\"\",\"created\":0,\"model\":\"\",\"choices\":[{\"index\":0,"
            + "\"finish_reason\":null,\"content_filter_results\":{},"
            + "\"content_filter_offsets\":{\"check_offset\":1}}]}";
    upstream.next(
        MockAnswer.events(
            chunk(head, "{\"role\":\"assistant\",\"content\":\"a\"}", "null"),
            note,
            chunk(head, "{}", "\"stop\""),
            note,
            "[DONE]"));

    StreamProbe probe = rig("", options -> options).streamed(TestCall.stream()).resume().awaited();

    assertThat(probe.events()).hasSize(4);
    assertThat(new JsonObject(probe.events().get(1)))
        .isEqualTo(
            new JsonObject(
                "{"
                    + head
                    + ",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":null,"
                    + "\"content_filter_results\":{},\"content_filter_offsets\":{\"check_offset\":1}}]}"));
    assertThat(new JsonObject(probe.events().get(2)).getJsonArray("choices").toString())
        .contains("stop");
  }

  @Test
  void a_blocked_prompt_is_the_callers_fault() {
    upstream.always(MockAnswer.json(400, FILTERED));

    Failure failure = rig("", options -> options).failure(TestCall.chat());

    assertThat(failure.kind()).isEqualTo(FailureClass.CALLER_FAULT);
    assertThat(failure.code()).isEqualTo("content_filter");
    assertThat(failure.param()).isEqualTo("prompt");
    assertThat(failure.status()).isEqualTo(400);
  }

  @Test
  void an_error_without_type_or_param_is_read() {
    upstream.next(
        MockAnswer.json(401, "{\"statusCode\":401,\"message\":\"Access denied\"}"),
        MockAnswer.json(404, "{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"None\"}}"));
    ProviderRig rig = rig("", options -> options.withApiKey(Secret.of("0123456789abcdef")));

    Failure denied = rig.failure(TestCall.chat());
    Failure missing = rig.failure(TestCall.chat());

    assertThat(denied.kind()).isEqualTo(FailureClass.UNAUTHORIZED);
    assertThat(denied.message()).contains("Access denied");
    assertThat(missing.code()).isEqualTo("DeploymentNotFound");
    assertThat(missing.status()).isEqualTo(404);
  }

  @Test
  void a_version_that_cannot_be_asked_for_usage_is_asked_once() {
    String refusal =
        "{\"error\":{\"code\":null,\"message\":\"Unrecognized request argument supplied:"
            + " stream_options\",\"type\":\"invalid_request_error\"}}";
    upstream.always(
        request ->
            request.body().contains("stream_options")
                ? MockAnswer.json(400, refusal)
                : MockAnswer.events(
                    chunk(
                        "\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"m\"",
                        "{\"role\":\"assistant\",\"content\":\"a\"}",
                        "\"stop\""),
                    "[DONE]"));
    ProviderRig rig = rig("", options -> options);

    assertThat(rig.streamed(TestCall.stream()).resume().awaited().summary().failure()).isNull();
    assertThat(rig.streamed(TestCall.stream()).resume().awaited().summary().failure()).isNull();
    assertThat(rig.failure(TestCall.streamWithUsage()).status()).isEqualTo(400);
    assertThat(upstream.requests()).hasSize(4);
  }

  @Test
  void embeddings_and_health_have_their_places() {
    ProviderRig rig = rig("", options -> options);
    upstream.next(MockAnswer.json(Wire.text("openai/embeddings.json")));

    rig.whole(TestCall.of(Operation.EMBEDDINGS, "{\"model\":\"m\",\"input\":\"x\"}"));
    ProviderRig.wait(
        rig.provider()
            .check(new HealthCheck(null, TestCall.chat().cancellation()))
            .toCompletionStage()
            .toCompletableFuture());

    assertThat(upstream.requests())
        .extracting(MockRequest::target)
        .containsExactly(
            "/openai/deployments/dep%201/embeddings?api-version=2024-08-01-preview",
            "/openai/models?api-version=2024-08-01-preview");
  }

  private static String chunk(String head, String delta, String reason) {
    return "{"
        + head
        + ",\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + reason
        + "}]}";
  }

  private ProviderRig rig(String path, UnaryOperator<ProviderOptions> change) {
    ProviderOptions options =
        ProviderOptions.of("up", ProviderType.AZURE_OPENAI)
            .withBaseUrl(URI.create("http://127.0.0.1:" + upstream.port() + path))
            .withAzureDeployment("dep 1");
    ProviderRig rig = new ProviderRig(vertx, here -> AzureSpeech.of(here, change.apply(options)));
    rigs.add(rig);
    return rig;
  }
}
