package dev.infermux.inbound.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inference.Secret;
import dev.infermux.mist.transport.MistSignature;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class SignatureTest {

  private static final String PING =
      "{\"version\":\"1\",\"id\":\"7\",\"source\":\"test\",\"type\":\"health.ping\","
          + "\"timestamp_ns\":1,\"payload\":{\"from\":\"test\"}}";

  private static Gateway gateway;

  @BeforeAll
  static void open(Vertx vertx) {
    AuthOptions auth =
        new AuthOptions(AuthMode.PASSTHROUGH, null, List.of(), Secret.of("shared-secret"), null);
    gateway = Gateway.start(vertx, http -> http.withAuth(auth));
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void signed_envelope_is_served() {
    String signature = new MistSignature("shared-secret").sign(PING.getBytes(UTF_8));

    WireAnswer answer = gateway.post("/mist", PING, "X-Mist-Signature: " + signature);

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256=", "sha256=00ff", "nonsense", "OTHER-SECRET", "OTHER-BODY"})
  void anything_else_is_refused(String given) {
    String signature =
        switch (given) {
          case "OTHER-SECRET" -> new MistSignature("guess").sign(PING.getBytes(UTF_8));
          case "OTHER-BODY" -> new MistSignature("shared-secret").sign("{}".getBytes(UTF_8));
          default -> given;
        };

    WireAnswer answer = gateway.post("/mist", PING, "X-Mist-Signature: " + signature);

    assertThat(answer.status()).isEqualTo(401);
    ErrorShape.check(answer, "invalid_api_key");
  }

  @Test
  void unsigned_envelope_is_refused() {
    WireAnswer refused = gateway.post("/mist", PING);

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("www-authenticate")).isEqualTo("X-Mist-Signature realm=\"infermux\"");
  }

  @Test
  void other_routes_ask_for_no_signature() {
    assertThat(gateway.get("/providers").status()).isEqualTo(200);
  }
}
