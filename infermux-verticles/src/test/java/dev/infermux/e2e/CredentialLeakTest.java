package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Pair;
import dev.infermux.inference.Secret;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers present reaches no provider for which it is not meant, on failover neither. */
@ExtendWith(VertxExtension.class)
class CredentialLeakTest {

  /** The mark of everything that the caller sends and that must stay here. */
  private static final String SECRET = "callers-secret";

  private static final List<String> PRESENTED =
      List.of(
          "Authorization: Bearer sk-" + SECRET,
          "x-api-key: sk-" + SECRET,
          "api-key: sk-" + SECRET,
          "Cookie: session=" + SECRET,
          "Proxy-Authorization: Basic " + SECRET,
          "OpenAI-Organization: org-" + SECRET,
          "OpenAI-Project: proj-" + SECRET,
          "x-goog-api-key: " + SECRET,
          "anthropic-api-key: " + SECRET,
          "anthropic-workspace-id: " + SECRET,
          "Ocp-Apim-Subscription-Key: " + SECRET,
          "x-amz-security-token: " + SECRET,
          "x-auth-token: " + SECRET,
          "x-stainless-helper: " + SECRET,
          "X-Infermux-Caller: " + SECRET,
          "X-Forwarded-Authorization: " + SECRET,
          "baggage: key=" + SECRET,
          "tracestate: v=" + SECRET);

  private static final Map<String, String> REQUESTS =
      Map.of(
          "/v1/chat/completions",
          "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
          "/v1/completions",
          "{\"model\":\"gpt-4o-mini\",\"prompt\":\"Hi\"}",
          "/v1/messages",
          "{\"model\":\"gpt-4o-mini\",\"max_tokens\":9,"
              + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
          "/v1/responses",
          "{\"model\":\"gpt-4o-mini\",\"input\":\"Hi\"}");

  /** In which header a type takes its own key. */
  private static final Map<ProviderType, String> OWN =
      Map.of(
          ProviderType.OPENAI, "authorization",
          ProviderType.ANTHROPIC, "x-api-key",
          ProviderType.AZURE_OPENAI, "api-key",
          ProviderType.OLLAMA, "authorization");

  static Stream<Arguments> pairs() {
    return OWN.keySet().stream()
        .flatMap(first -> OWN.keySet().stream().map(second -> Arguments.of(first, second)));
  }

  @ParameterizedTest(name = "{0} then {1}")
  @MethodSource("pairs")
  void a_provider_gets_its_own_key_and_nothing_of_the_callers(
      ProviderType first, ProviderType second, Vertx vertx) {
    try (Pair pair = pair(vertx, first, Secret.of("key-1"), second, Secret.of("key-2"))) {
      REQUESTS.forEach((path, body) -> ask(pair, path, body));

      for (MockRequest sent : pair.first().requests()) {
        assertThat(sent.headers().get(OWN.get(first))).endsWith("key-1");
        assertThat(text(sent)).doesNotContain(SECRET).doesNotContain("key-2");
      }
      for (MockRequest sent : pair.second().requests()) {
        assertThat(sent.headers().get(OWN.get(second))).endsWith("key-2");
        assertThat(text(sent)).doesNotContain(SECRET).doesNotContain("key-1");
      }
      assertThat(pair.first().requests()).hasSizeGreaterThanOrEqualTo(REQUESTS.size());
      assertThat(pair.second().requests()).hasSizeGreaterThanOrEqualTo(REQUESTS.size());
    }
  }

  @ParameterizedTest(name = "{0} then {1}")
  @MethodSource("pairs")
  void a_provider_without_a_key_gets_the_one_that_was_presented_in_its_own_header_alone(
      ProviderType first, ProviderType second, Vertx vertx) {
    try (Pair pair = pair(vertx, first, Secret.of("key-1"), second, null)) {
      REQUESTS.forEach((path, body) -> ask(pair, path, body));

      pair.first().requests().forEach(sent -> assertThat(text(sent)).doesNotContain(SECRET));
      for (MockRequest sent : pair.second().requests()) {
        List<String> carriers = new ArrayList<>();
        sent.headers()
            .forEach(
                header -> {
                  if (header.getValue().contains(SECRET)) {
                    carriers.add(header.getKey().toLowerCase(Locale.ROOT));
                  }
                });
        // A server of one's own is not trusted with anybody's key.
        boolean local = second == ProviderType.OLLAMA;
        assertThat(carriers).isEqualTo(local ? List.of() : List.of(OWN.get(second)));
        assertThat(sent.body() + sent.target()).doesNotContain(SECRET);
      }
      assertThat(pair.second().requests()).isNotEmpty();
    }
  }

  private static Pair pair(
      Vertx vertx,
      ProviderType first,
      Secret firstKey,
      ProviderType second,
      @Nullable Secret secondKey) {
    Pair pair =
        Pair.start(
            vertx,
            routing -> routing.withRetry(RetryOptions.defaults().withAttempts(0)),
            own -> of(own, first).withApiKey(firstKey),
            own -> of(own, second).withApiKey(secondKey));
    pair.first().always(MockAnswer.json(500, "{}"));
    pair.second().always(MockAnswer.json(400, "{}"));
    return pair;
  }

  private static ProviderOptions of(ProviderOptions own, ProviderType type) {
    return ProviderOptions.of(own.name(), type).withBaseUrl(own.baseUrl()).withModels(own.models());
  }

  private static void ask(Pair pair, String path, String body) {
    pair.gateway().post(path, body, PRESENTED.toArray(String[]::new));
  }

  /** Everything that was sent. */
  private static String text(MockRequest sent) {
    return sent.target() + "\n" + sent.headers() + "\n" + sent.body();
  }
}
