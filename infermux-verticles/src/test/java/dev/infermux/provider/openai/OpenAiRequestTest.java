package dev.infermux.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Operation;
import dev.infermux.inference.Secret;
import dev.infermux.inference.Usage;
import dev.infermux.provider.ProviderContext;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.WholeAnswer;
import dev.infermux.testing.Wire;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class OpenAiRequestTest {

  private Vertx vertx;
  private MockUpstream upstream;
  private final List<ProviderRig> rigs = new ArrayList<>();

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    upstream = MockUpstream.start(vertx).always(MockAnswer.json(OpenAiSpeech.WHOLE));
  }

  @AfterEach
  void close() {
    rigs.forEach(ProviderRig::close);
    upstream.close();
  }

  private ProviderRig rig(UnaryOperator<ProviderOptions> change) {
    ProviderOptions options =
        change.apply(ProviderOptions.of("up", ProviderType.OPENAI).withBaseUrl(upstream.baseUrl()));
    ProviderRig rig =
        new ProviderRig(vertx, here -> new OpenAiProvider(here, VertxTimers.time(here), options));
    rigs.add(rig);
    return rig;
  }

  private MockRequest sent(TestCall call, UnaryOperator<ProviderOptions> change) {
    rig(change).whole(call);
    return upstream.lastRequest();
  }

  @Test
  void the_head_is_built_from_nothing() {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    MockRequest request =
        sent(
            TestCall.chat().credential("sk-caller").traceparent(trace),
            o -> o.withApiKey(Secret.of("sk-gateway")));

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/v1/chat/completions");
    assertThat(request.headers().names())
        .containsExactlyInAnyOrder(
            "content-type",
            "accept",
            "accept-encoding",
            "user-agent",
            "authorization",
            "traceparent",
            "host",
            "content-length");
    assertThat(request.headers().get("authorization")).isEqualTo("Bearer sk-gateway");
    assertThat(request.headers().get("content-type")).isEqualTo("application/json");
    assertThat(request.headers().get("accept")).isEqualTo("application/json");
    assertThat(request.headers().get("accept-encoding")).isEqualTo("identity");
    assertThat(request.headers().get("user-agent")).matches("infermux/\\d+\\.\\d+\\.\\d+.*");
    assertThat(request.headers().get("traceparent")).isEqualTo(trace);
    assertThat(request.headers().get("host")).isEqualTo("127.0.0.1:" + upstream.port());
  }

  @Test
  void the_callers_key_goes_only_where_the_gateway_has_none() {
    assertThat(sent(TestCall.chat().credential("sk-caller"), o -> o).headers().get("authorization"))
        .isEqualTo("Bearer sk-caller");
    assertThat(sent(TestCall.chat(), o -> o).headers().contains("authorization")).isFalse();
  }

  @Test
  void one_callers_key_never_reaches_the_next_callers_request() {
    ProviderRig rig = rig(o -> o);

    rig.whole(TestCall.chat().credential("sk-one"));
    rig.whole(TestCall.chat());

    assertThat(upstream.lastRequest().headers().contains("authorization")).isFalse();
    assertThat(upstream.acceptedConnections()).isEqualTo(1);
  }

  @Test
  void the_body_is_the_callers_own_but_for_model_and_usage() {
    String body =
        "{ \"model\" : \"fast\",\"messages\":[{\"role\":\"user\",\"content\":\"’d\"}], \"x\":1.50"
            + " }";

    assertThat(sent(TestCall.of(Operation.CHAT, body), o -> o).body()).isEqualTo(body);
    assertThat(sent(TestCall.of(Operation.CHAT, body).model("gpt-4o"), o -> o).body())
        .isEqualTo(body.replace("\"fast\"", "\"gpt-4o\""));

    upstream.next(OpenAiSpeech.streamed());
    rig(o -> o).streamed(TestCall.stream()).toEnd();
    assertThat(upstream.lastRequest().body())
        .contains("\"stream_options\":{\"include_usage\":true}");
    assertThat(upstream.lastRequest().headers().get("accept")).isEqualTo("text/event-stream");
  }

  @Test
  void base_urls_with_paths_and_queries_are_kept() {
    URI base = URI.create("http://127.0.0.1:" + upstream.port() + "/proxy/v1/?zone=a");

    assertThat(sent(TestCall.chat(), o -> o.withBaseUrl(base)).target())
        .isEqualTo("/proxy/v1/chat/completions?zone=a");
  }

  @Test
  void embeddings_and_legacy_completions_go_their_own_way() {
    upstream.next(MockAnswer.json(Wire.text("openai/embeddings.json")));
    WholeAnswer embedded =
        rig(o -> o)
            .whole(
                TestCall.of(
                    Operation.EMBEDDINGS,
                    "{\"model\":\"text-embedding-3-small\",\"input\":\"Hi\","
                        + "\"encoding_format\":\"base64\"}"));
    assertThat(upstream.lastRequest().target()).isEqualTo("/v1/embeddings");
    assertThat(embedded.usage()).isEqualTo(Usage.reported(7, 0));
    assertThat(embedded.body().toString()).isEqualTo(Wire.text("openai/embeddings.json"));

    upstream.next(
        MockAnswer.json(
            "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\","
                + "\"choices\":[{\"text\":\"Hi you\",\"index\":0,\"finish_reason\":\"length\"}]}"));
    WholeAnswer completed =
        rig(o -> o).whole(TestCall.of(Operation.COMPLETION, "{\"model\":\"m\",\"prompt\":\"Hi\"}"));
    assertThat(upstream.lastRequest().target()).isEqualTo("/v1/completions");
    assertThat(completed.usage()).isNull();
    assertThat(completed.contentChars()).isEqualTo(6);
    assertThat(completed.finishReason()).isEqualTo("length");
  }

  @Test
  void a_recorded_tool_call_passes_untouched() {
    upstream.next(MockAnswer.json(Wire.text("openai/chat-tools.json")));

    WholeAnswer answer = rig(o -> o).whole(TestCall.chat());

    assertThat(answer.body().toString()).isEqualTo(Wire.text("openai/chat-tools.json"));
    assertThat(answer.usage())
        .isEqualTo(
            new Usage(162, 0, 0, 0, 219, 192, false, Usage.Terms.STANDARD).inTier("default"));
    assertThat(answer.finishReason()).isEqualTo("tool_calls");
    assertThat(answer.contentChars()).isEqualTo("{\"location\":\"San Francisco, CA\"}".length());
  }

  @Test
  void an_answer_compressed_unasked_is_unpacked_and_a_bomb_is_refused() {
    upstream.next(MockAnswer.json(OpenAiSpeech.WHOLE).gzipped());
    assertThat(rig(o -> o).whole(TestCall.chat()).body().toString()).isEqualTo(OpenAiSpeech.WHOLE);

    upstream.next(MockAnswer.json(" ".repeat(65 << 20)).gzipped());
    ProviderContext limited = new ProviderContext("", 64 << 20);
    assertThat(rig(o -> o.withContext(limited)).failure(TestCall.chat()).message())
        .contains("more than 67108864 bytes", "limits.max_answer_bytes");

    upstream.next(MockAnswer.json("{}").header("content-encoding", "gzip"));
    assertThat(rig(o -> o).failure(TestCall.chat()).message()).contains("not the gzip");

    upstream.next(OpenAiSpeech.streamed().header("content-encoding", "gzip"));
    assertThat(rig(o -> o).failure(TestCall.stream()).message()).contains("not encoded as it says");
  }

  @Test
  void an_error_inside_a_success_is_a_failure_of_its_own_class() {
    upstream.next(MockAnswer.json("{\"error\":{\"message\":\"Provider down\",\"code\":502}}"));
    assertThat(rig(o -> o).failure(TestCall.chat()).message())
        .isEqualTo("provider \"up\": answered 502: Provider down");

    upstream.next(MockAnswer.json("{\"error\":{\"message\":\"Slow down\",\"code\":429}}"));
    assertThat(rig(o -> o).failure(TestCall.stream()).status()).isEqualTo(429);

    upstream.next(MockAnswer.json(OpenAiSpeech.WHOLE.replace("{\"id\"", "{\"error\":null,\"id\"")));
    assertThat(rig(o -> o).whole(TestCall.chat()).finishReason()).isEqualTo("stop");
  }
}
