package dev.infermux.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Operation;
import dev.infermux.inference.Secret;
import dev.infermux.provider.ProviderContract;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.TestCall;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicRequestTest extends ProviderContract {

  AnthropicRequestTest() {
    super(new AnthropicSpeech());
  }

  private MockRequest sent(TestCall call, UnaryOperator<ProviderOptions> change) {
    upstream.next(MockAnswer.json(AnthropicSpeech.WHOLE));
    rig(change).whole(call);
    return upstream.lastRequest();
  }

  @Test
  void the_head_is_built_from_nothing() {
    Map<String, String> caller =
        Map.of(
            "x-api-key", "sk-caller",
            "authorization", "Bearer sk-caller",
            "cookie", "sid=caller",
            "x-stainless-lang", "js",
            "anthropic-workspace-id", "w");

    MockRequest request =
        sent(
            chat().headers(name -> caller.get(name.toString().toLowerCase(Locale.ROOT))),
            options -> options);

    assertThat(request.headers().names())
        .containsExactlyInAnyOrder(
            "content-type",
            "accept",
            "accept-encoding",
            "user-agent",
            "x-api-key",
            "anthropic-version",
            "host",
            "content-length");
    assertThat(request.headers().get("x-api-key")).isEqualTo(KEY);
    assertThat(request.headers().get("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(request.target()).isEqualTo("/v1/messages");
  }

  @Test
  void the_callers_version_and_betas_pass_and_its_key_where_the_gateway_has_none() {
    Map<String, String> caller =
        Map.of("anthropic-version", "2026-10-21", "anthropic-beta", "one,two");

    MockRequest request =
        sent(
            chat().headers(name -> caller.get(name.toString())).credential("sk-caller"),
            options -> options.withApiKey(null));

    assertThat(request.headers().get("anthropic-version")).isEqualTo("2026-10-21");
    assertThat(request.headers().get("anthropic-beta")).isEqualTo("one,two");
    assertThat(request.headers().get("x-api-key")).isEqualTo("sk-caller");
    assertThat(request.headers().contains("authorization")).isFalse();
  }

  @Test
  void configured_headers_go_over_the_apis_own() {
    MockRequest request =
        sent(
            chat(),
            options ->
                options
                    .withHeaders(Map.of("anthropic-version", "2026-10-21"))
                    .withForwardHeaders(List.of())
                    .withApiKey(Secret.of("sk-other")));

    assertThat(request.headers().get("anthropic-version")).isEqualTo("2026-10-21");
    assertThat(request.headers().get("x-api-key")).isEqualTo("sk-other");
  }

  @ParameterizedTest
  @CsvSource({
    "'', /v1/messages",
    "/, /v1/messages",
    "/v1, /v1/messages",
    "/v1/, /v1/messages",
    "/anthropic, /anthropic/v1/messages",
    "/proxy/v1/?zone=a, /proxy/v1/messages?zone=a"
  })
  void base_urls_may_end_with_the_version_or_without(String path, String target) {
    URI base = URI.create("http://127.0.0.1:" + upstream.port() + path);

    assertThat(sent(chat(), options -> options.withBaseUrl(base)).target()).isEqualTo(target);
  }

  @Test
  void a_count_goes_its_own_way() {
    upstream.next(MockAnswer.json("{\"input_tokens\":14}"));

    var answer =
        rig()
            .whole(
                AnthropicSpeech.of(
                    Operation.COUNT_TOKENS,
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));

    assertThat(upstream.lastRequest().target()).isEqualTo("/v1/messages/count_tokens");
    assertThat(answer.body().toString()).isEqualTo("{\"input_tokens\":14}");
    assertThat(answer.usage()).isNull();
  }
}
