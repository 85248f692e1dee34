package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inbound.auth.ManagementOptions;
import dev.infermux.inference.Secret;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page sends through the management API, where that has a listener of its own. */
@ExtendWith(VertxExtension.class)
class SendApartTest {

  private static final String CHAT = "/_infermux/send/chat";
  private static final String BODY = Texts.chat("echo-v1", "Hello");
  private static final String OPERATOR = "Authorization: Bearer op";

  private Gateway gateway;

  private void open(Vertx vertx, AuthOptions auth) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withHttp(Gateway.localHttp().withAuth(auth))
                    .withManagementListen(new ListenAddress("127.0.0.1", 0))
                    .withManagement(ManagementOptions.defaults().withToken(Secret.of("op")))
                    .withProvider(Gateway.provider(upstream)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void operator_and_caller_are_both_admitted(Vertx vertx) {
    open(vertx, AuthOptions.defaults().withMode(AuthMode.STATIC_KEY).withKey(Secret.of("k")));

    WireAnswer stranger = post(CHAT, BODY, "X-Infermux-Key: k");
    WireAnswer keyless = post(CHAT, BODY, OPERATOR);
    WireAnswer wrong = post(CHAT, BODY, OPERATOR, "X-Infermux-Key: op");
    WireAnswer sent = post(CHAT, BODY, OPERATOR, "X-Infermux-Key: k", "X-Infermux-Caller: team");
    WireAnswer bare = post("/_infermux/send/infer", BODY, OPERATOR, "X-Infermux-Key: k");

    assertThat(stranger.status()).isEqualTo(401);
    assertThat(stranger.error().getString("message")).contains("INFERMUX_MANAGEMENT_TOKEN");
    assertThat(keyless.status()).isEqualTo(401);
    assertThat(keyless.error().getString("message")).contains("a configured key");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(sent.status()).as(sent.body()).isEqualTo(200);
    assertThat(sent.header("x-infermux-provider")).isEqualTo("echo");
    assertThat(bare.json().getString("content")).isEqualTo("echo: Hello");
    JsonObject record = record(sent);
    assertThat(record.getString("caller")).isEqualTo("team");
    assertThat(record.getString("status")).isEqualTo("ok");
  }

  @Test
  void a_stream_comes_as_it_does_there(Vertx vertx) {
    open(vertx, AuthOptions.defaults());

    WireAnswer streamed = post(CHAT, Texts.stream("echo-v1", "Hello"), OPERATOR);

    assertThat(streamed.status()).isEqualTo(200);
    assertThat(streamed.body()).contains("echo:").endsWith("data: [DONE]\n\n");
  }

  @Test
  void no_provider_sees_the_token_of_the_operator(Vertx vertx) {
    open(vertx, AuthOptions.defaults());
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));

    post(CHAT, Texts.chat(Gateway.MODEL, "Hi"), OPERATOR);
    String none = gateway.upstream().lastRequest().headers().get("Authorization");
    post(CHAT, Texts.chat(Gateway.MODEL, "Hi"), OPERATOR, "X-Infermux-Key: own");

    assertThat(none).isNull();
    assertThat(gateway.upstream().lastRequest().headers().get("Authorization"))
        .isEqualTo("Bearer own");
    assertThat(gateway.upstream().lastRequest().headers().contains("X-Infermux-Key")).isFalse();
  }

  private JsonObject record(WireAnswer answer) {
    try (Wire wire = Wire.connect(port())) {
      String id = String.valueOf(answer.header("x-infermux-request-id"));
      return wire.get("/_infermux/requests/" + id, OPERATOR).json();
    }
  }

  private WireAnswer post(String path, String body, String... headers) {
    try (Wire wire = Wire.connect(port())) {
      return wire.post(path, body, headers);
    }
  }

  private int port() {
    return Objects.requireNonNull(gateway.listening().managementPort());
  }
}
