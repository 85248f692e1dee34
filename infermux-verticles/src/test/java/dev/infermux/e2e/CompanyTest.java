package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.InferMux;
import dev.infermux.config.Config;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.http.LimitsOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls that share a gateway, and gateways that share a Vert.x. */
@ExtendWith(VertxExtension.class)
class CompanyTest {

  private static final String PATH = "/v1/chat/completions";

  @Test
  void two_on_one_vertx_do_not_see_each_other(Vertx vertx) {
    try (Gateway gateway = Gateway.start(vertx)) {
      ProviderOptions other =
          ProviderOptions.of("echo", ProviderType.ECHO).withModels("echo-of-two");
      Config config = Config.defaults().withHttp(Gateway.localHttp()).withProvider(other);
      InferMux second = InferMux.create(gateway.vertx(), config).await();
      int port = second.listen().await().port();

      try (Wire wire = Wire.connect(port)) {
        assertThat(wire.post(PATH, Texts.chat("echo-of-two", "Hi")).status()).isEqualTo(200);
        assertThat(wire.post(PATH, Texts.chat("echo-v1", "Hi")).status()).isEqualTo(404);
        assertThat(wire.get("/providers").body()).contains("echo-of-two").doesNotContain("gpt");
      }
      assertThat(gateway.post(PATH, Texts.chat("echo-of-two", "Hi")).status()).isEqualTo(404);
      second.close().await();
      assertThat(gateway.post(PATH, Texts.chat("echo-v1", "Hi")).status()).isEqualTo(200);
    }
  }

  @Test
  void calls_over_the_limit_in_flight_are_refused_until_there_is_room(Vertx vertx) {
    LimitsOptions limits = LimitsOptions.defaults().withMaxInFlight(2);
    try (Gateway gateway = Gateway.start(vertx, http -> http.withLimits(limits))) {
      gateway.upstream().always(MockAnswer.silence());
      Wire first = gateway.connect().request("POST", PATH, Texts.chat(Gateway.MODEL, "1"));
      Wire second = gateway.connect().request("POST", PATH, Texts.stream(Gateway.MODEL, "2"));
      await().until(() -> gateway.upstream().requests().size() == 2);

      WireAnswer refused = gateway.post(PATH, Texts.chat("echo-v1", "3"));
      WireAnswer models = gateway.get("/v1/models");
      first.close();
      await().until(() -> gateway.post(PATH, Texts.chat("echo-v1", "4")).status() == 200);
      second.close();

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.error().getString("code")).isEqualTo("overloaded");
      assertThat(refused.headers())
          .containsEntry("X-Infermux-Error", "overloaded")
          .containsKey("Retry-After");
      assertThat(models.status()).isEqualTo(200);
    }
  }
}
