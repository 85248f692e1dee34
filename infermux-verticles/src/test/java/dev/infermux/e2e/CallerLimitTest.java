package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Budgeted;
import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inbound.auth.CallerKey;
import dev.infermux.inbound.http.LimitsOptions;
import dev.infermux.inference.Secret;
import dev.infermux.policy.ratelimit.CallerLimitOptions;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callers at limits of their own, through a whole gateway. */
@Timeout(60)
@ExtendWith(VertxExtension.class)
class CallerLimitTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String UNCOUNTED =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello, you\"},"
          + "\"finish_reason\":\"stop\"}]}";
  private static final CallerLimitOptions TWO_A_MINUTE =
      CallerLimitOptions.defaults().withRates(RateLimitOptions.defaults().withRequestsPerMinute(2));

  private @Nullable Gateway gateway;

  @AfterEach
  void close() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void a_noisy_caller_does_not_take_the_others_share(Vertx vertx) {
    Gateway open = limited(vertx);
    String noisy = "X-Infermux-Caller: noisy";
    assertThat(open.post(PATH, Budgeted.chat(5), noisy).status()).isEqualTo(200);
    assertThat(open.post(PATH, Budgeted.chat(5), noisy).status()).isEqualTo(200);

    WireAnswer refused = open.post(PATH, Budgeted.chat(5), noisy);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("X-Infermux-Error")).isEqualTo("caller_rate_limit");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(30, 61);
    assertThat(refused.body()).contains("noisy", "requests_per_minute: 2", "per_caller");
    assertThat(open.post(PATH, Budgeted.chat(5), "X-Infermux-Caller: quiet").status())
        .isEqualTo(200);
    assertThat(open.upstream().requests()).as("the refused call was not sent").hasSize(3);
  }

  @Test
  void what_callers_do_not_name_is_one_caller(Vertx vertx) {
    Gateway open = limited(vertx);
    open.post(PATH, Budgeted.chat(5));
    open.post(PATH, Budgeted.chat(5), "X-Infermux-Caller: anonymous");

    assertThat(open.post(PATH, Budgeted.chat(5)).status()).isEqualTo(429);
  }

  @Test
  void a_refused_call_is_published_like_any_other(Vertx vertx) {
    Gateway open = limited(vertx);
    BusEvents events = new BusEvents(open.vertx());
    open.post(PATH, Budgeted.chat(5));
    open.post(PATH, Budgeted.chat(5));
    open.post(PATH, Budgeted.chat(5));

    assertThat(events.inferences(3).get(2).getString("error_code")).isEqualTo("caller_rate_limit");
  }

  @Test
  void the_limits_of_a_key_stand_in_place_of_everyones(Vertx vertx) {
    CallerLimitOptions one =
        CallerLimitOptions.defaults()
            .withRates(RateLimitOptions.defaults().withRequestsPerMinute(1));
    AuthOptions keys =
        AuthOptions.defaults()
            .withMode(AuthMode.STATIC_KEY)
            .withKeys(
                List.of(
                    new CallerKey(Secret.of("key-a"), "team-a", null, null, one),
                    new CallerKey(Secret.of("key-b"), "team-b", null, null)));
    Gateway open = start(vertx, keys);

    assertThat(asked(open, "key-a")).isEqualTo(200);
    assertThat(asked(open, "key-a")).isEqualTo(429);
    assertThat(asked(open, "key-b")).isEqualTo(200);
    assertThat(asked(open, "key-b")).isEqualTo(200);
    assertThat(asked(open, "key-b")).isEqualTo(429);
  }

  @Test
  void the_prompt_counts_too_where_a_provider_counts_nothing(Vertx vertx) {
    CallerLimitOptions tokens =
        CallerLimitOptions.defaults()
            .withRates(RateLimitOptions.defaults().withTokensPerMinute(120));
    LimitsOptions limits = LimitsOptions.defaults().withPerCaller(tokens);
    Gateway open = Gateway.start(vertx, http -> http.withLimits(limits));
    gateway = open;
    open.upstream().always(MockAnswer.json(UNCOUNTED));

    assertThat(open.post(PATH, Texts.chat("org/model-7b", "x".repeat(4 * 80))).status())
        .isEqualTo(200);

    WireAnswer refused = open.post(PATH, Texts.chat("org/model-7b", "x".repeat(4 * 40)));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body()).contains("tokens_per_minute: 120");
    assertThat(open.post(PATH, Texts.chat("org/model-7b", "x".repeat(4 * 30))).status())
        .isEqualTo(200);
  }

  private static int asked(Gateway open, String key) {
    try (Wire wire = Wire.connect(open.port())) {
      return wire.post(PATH, Budgeted.chat(5), "Authorization: Bearer " + key).status();
    }
  }

  private Gateway limited(Vertx vertx) {
    return start(vertx, AuthOptions.defaults());
  }

  private Gateway start(Vertx vertx, AuthOptions auth) {
    LimitsOptions limits = LimitsOptions.defaults().withPerCaller(TWO_A_MINUTE);
    Gateway open = Gateway.start(vertx, http -> http.withAuth(auth).withLimits(limits));
    open.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    gateway = open;
    return open;
  }
}
