package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Providers at their rate limits, through a whole gateway. */
@Timeout(60)
@ExtendWith(VertxExtension.class)
class RateLimitTest {

  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private Vertx vertx;
  private MockUpstream upstream;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    upstream = MockUpstream.start(vertx);
  }

  private ProviderEntry provider(String name, RateLimitOptions rateLimits) {
    return ProviderEntry.of(
            ProviderOptions.of(name, ProviderType.OPENAI)
                .withBaseUrl(upstream.baseUrl())
                .withModels("m"))
        .withRateLimits(rateLimits);
  }

  private int start(ProviderEntry... providers) {
    Config config = Config.echo().withHttp(Gateway.localHttp());
    for (ProviderEntry provider : providers) {
      config = config.withProvider(provider);
    }
    InferMuxOptions unchecked = InferMuxOptions.defaults().withHealthChecks(false);
    return InferMux.create(vertx, config, unchecked).await().listen().await().port();
  }

  private static MockAnswer answer(int promptTokens, int completionTokens) {
    return MockAnswer.json(
        ("{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
                + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":%d,"
                + "\"completion_tokens\":%d,\"total_tokens\":%d}}")
            .formatted(promptTokens, completionTokens, promptTokens + completionTokens));
  }

  @Test
  void a_provider_at_its_ceiling_is_skipped_and_all_of_them_are_a_429_that_says_when() {
    upstream.always(answer(1, 1));
    RateLimitOptions one = RateLimitOptions.defaults().withRequestsPerMinute(1);
    int port = start(provider("a", one), provider("b", one));

    assertThat(post(port).status()).isEqualTo(200);
    assertThat(post(port).status()).isEqualTo(200);
    WireAnswer refused = post(port);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body()).contains("\"code\":\"rate_limit\"");
    assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(30, 61);
    assertThat(upstream.requests()).hasSize(2);
  }

  @Test
  void the_tokens_that_were_really_taken_count() {
    upstream.always(answer(900, 200));
    int port = start(provider("a", RateLimitOptions.defaults().withTokensPerMinute(1_000)));

    assertThat(post(port).status()).as("little was expected").isEqualTo(200);
    assertThat(post(port).status()).as("much was taken").isEqualTo(429);
  }

  @Test
  void a_429_of_the_providers_closes_it_until_its_time_without_any_limit_of_ours() {
    upstream.next(MockAnswer.json(429, "{\"error\":{}}").header("retry-after", "40"));
    upstream.always(answer(1, 1));
    int port = start(provider("a", RateLimitOptions.defaults()));

    assertThat(post(port).status()).isEqualTo(429);
    WireAnswer second = post(port);

    assertThat(second.status()).isEqualTo(429);
    assertThat(Integer.parseInt(second.header("retry-after"))).isBetween(10, 40);
    assertThat(upstream.requests()).as("the second call was not sent").hasSize(1);
  }

  @Test
  void attempts_that_failed_before_an_answer_give_their_tokens_back() {
    upstream.next(MockAnswer.reset(), MockAnswer.reset());
    upstream.always(answer(1, 1));
    int port = start(provider("a", RateLimitOptions.defaults().withTokensPerMinute(100)));

    String large = CHAT.replace("Hi", "word ".repeat(60));
    assertThat(post(port, large).status()).isEqualTo(502);
    assertThat(post(port, large).status()).isEqualTo(200);
  }

  private static WireAnswer post(int port) {
    return post(port, CHAT);
  }

  private static WireAnswer post(int port, String body) {
    try (Wire wire = Wire.connect(port)) {
      return wire.post("/v1/chat/completions", body);
    }
  }
}
