package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inference.Secret;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class AuthenticationTest {

  private static final String CHAT = Texts.chat(Gateway.MODEL, "Hi");

  @Test
  void provider_without_a_key_gets_the_callers_token(Vertx vertx) {
    try (Gateway gateway = keyed(vertx, null)) {
      gateway.post("/v1/chat/completions", CHAT, "Authorization: Bearer sk-caller");
      gateway.post("/v1/chat/completions", CHAT, "Authorization: Basic dXNlcjpwYXNz");

      assertThat(gateway.upstream().requests())
          .extracting(request -> request.headers().get("authorization"))
          .containsExactly("Bearer sk-caller", null);
    }
  }

  @Test
  void provider_with_a_key_never_sees_the_callers_token(Vertx vertx) {
    try (Gateway gateway = keyed(vertx, "sk-own")) {
      gateway.post("/v1/chat/completions", CHAT, "Authorization: Bearer sk-caller");

      MockRequest sent = gateway.upstream().lastRequest();
      assertThat(sent.headers().getAll("authorization")).containsExactly("Bearer sk-own");
      assertThat(sent.headers().entries().toString()).doesNotContain("sk-caller");
    }
  }

  @Test
  void nothing_that_is_the_callers_own_reaches_the_provider(Vertx vertx) {
    String[] headers = {
      "Authorization: Bearer sk-caller",
      "Cookie: session=1",
      "x-api-key: k",
      "api-key: k",
      "OpenAI-Organization: org-1",
      "X-Infermux-Caller: team-a",
      "X-Infermux-Project: search",
      "X-Infermux-Anything: else",
      "X-Forwarded-For: 10.0.0.1",
      "x-stainless-lang: js",
      "baggage: user=1",
      "X-Custom: 1",
      "User-Agent: caller/1"
    };
    try (Gateway gateway = keyed(vertx, "sk-own")) {
      gateway.post("/v1/chat/completions", CHAT, headers);

      MockRequest sent = gateway.upstream().lastRequest();
      assertThat(sent.headers().names())
          .extracting(name -> name.toLowerCase(Locale.ROOT))
          .isSubsetOf(
              "host",
              "content-type",
              "content-length",
              "accept",
              "accept-encoding",
              "user-agent",
              "authorization",
              "traceparent");
      assertThat(sent.headers().get("user-agent")).doesNotContain("caller");
      assertThat(sent.body()).isEqualTo(CHAT);
    }
  }

  @Test
  void headers_of_the_provider_do_not_pass_for_the_gateways(Vertx vertx) {
    try (Gateway gateway = keyed(vertx, "sk-own")) {
      gateway
          .upstream()
          .next(
              MockAnswer.json(Texts.CHAT_ANSWER)
                  .header("set-cookie", "a=b")
                  .header("openai-organization", "org-of-the-gateway")
                  .header("x-infermux-cost", "99"));

      WireAnswer answer = gateway.post("/v1/chat/completions", CHAT);

      assertThat(answer.headers())
          .doesNotContainKeys("set-cookie", "openai-organization")
          .containsEntry("X-Infermux-Cost", "0.00000885");
    }
  }

  @Test
  void static_key_lets_in_who_has_it_and_is_never_forwarded(Vertx vertx) {
    AuthOptions auth =
        AuthOptions.defaults().withMode(AuthMode.STATIC_KEY).withKey(Secret.of("the-key"));
    try (Gateway gateway = Gateway.start(vertx, http -> http.withAuth(auth))) {
      gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));

      WireAnswer in = gateway.post("/v1/chat/completions", CHAT, "Authorization: Bearer the-key");
      WireAnswer lowercase =
          gateway.post("/v1/chat/completions", CHAT, "authorization: bearer the-key");

      assertThat(in.status()).isEqualTo(200);
      assertThat(lowercase.status()).isEqualTo(200);
      assertThat(gateway.upstream().requests())
          .allMatch(request -> request.headers().get("authorization") == null);
    }
  }

  @Test
  void key_of_azures_clients_counts_where_openais_api_is_spoken(Vertx vertx) {
    AuthOptions auth =
        AuthOptions.defaults().withMode(AuthMode.STATIC_KEY).withKey(Secret.of("the-key"));
    try (Gateway gateway = Gateway.start(vertx, http -> http.withAuth(auth))) {
      gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
      String key = "api-key: the-key";

      assertThat(gateway.post("/v1/chat/completions", CHAT, key).status()).isEqualTo(200);
      assertThat(gateway.get("/v1/models", key).status()).isEqualTo(200);
      assertThat(gateway.get("/v1/responses/resp_1", key).status()).isEqualTo(404);
      refused(gateway.get("/v1/models", key, "Authorization: Bearer another"));
      refused(gateway.post("/infer", CHAT, key));
    }
  }

  @Test
  void static_key_keeps_everybody_else_out_of_every_route(Vertx vertx) {
    AuthOptions auth =
        AuthOptions.defaults().withMode(AuthMode.STATIC_KEY).withKey(Secret.of("the-key"));
    try (Gateway gateway = Gateway.start(vertx, http -> http.withAuth(auth))) {
      List<String> wrong =
          List.of("X: 1", "Authorization: Bearer the-ke", "Authorization: Basic the-key");
      for (String header : wrong) {
        refused(gateway.post("/v1/chat/completions", CHAT, header));
        refused(gateway.post("/infer", CHAT, header));
        refused(gateway.post("/mist", "{}", header));
        refused(gateway.get("/v1/models", header));
        refused(gateway.get("/providers", header));
      }
      assertThat(gateway.get("/_infermux/health").status()).isEqualTo(200);
      assertThat(gateway.upstream().requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-secret-token", "the-wrong-key"})
  void refused_token_is_not_repeated(String token, Vertx vertx) {
    AuthOptions auth =
        AuthOptions.defaults().withMode(AuthMode.STATIC_KEY).withKey(Secret.of("the-key"));
    try (Gateway gateway = Gateway.start(vertx, http -> http.withAuth(auth))) {
      WireAnswer answer = gateway.get("/v1/models", "Authorization: Bearer " + token);

      assertThat(answer.toString()).doesNotContain(token).doesNotContain("the-key");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, X-Infermux-Caller",
    "/v1/chat/completions, X-Infermux-Project",
    "/infer, X-Infermux-Env",
    "/v1/messages, x-api-key",
    "/v1/chat/completions, api-key",
    "/api/chat, Authorization",
  })
  void header_that_says_who_asks_comes_once(String path, String name, Vertx vertx) {
    try (Gateway gateway = Gateway.start(vertx)) {
      String body = "{\"max_tokens\":5," + Texts.chat("echo-v1", "Hi").substring(1);

      WireAnswer answer = gateway.post(path, body, name + ": Bearer a", name + ": Bearer b");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("more than once");
      assertThat(gateway.post(path, body, name + ": Bearer a").status()).isEqualTo(200);
    }
  }

  private static void refused(WireAnswer answer) {
    assertThat(answer.status()).isEqualTo(401);
    ErrorShape.check(answer, "invalid_api_key");
  }

  private static Gateway keyed(Vertx vertx, @Nullable String key) {
    Gateway gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config.withProvider(
                    Gateway.provider(upstream).withApiKey(key == null ? null : Secret.of(key))));
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    return gateway;
  }
}
