package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.inbound.ConnectionOptions;
import dev.infermux.inbound.http.TlsOptions;
import dev.infermux.testing.TestTls;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever does not get to the end of the handshake of TLS is given up. */
@ExtendWith(VertxExtension.class)
class TlsHandshakeTest {

  private static final byte[] BEGINNING = {22, 3, 1, 1, 0, 1, 0, 0};
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

  private Gateway gateway;

  private void open(Vertx vertx, Duration limit) {
    gateway =
        Gateway.start(
            vertx,
            http ->
                http.withTls(new TlsOptions(TestTls.file("server.pem"), TestTls.file("server.key")))
                    .withConnections(ConnectionOptions.defaults().withHandshakeTimeout(limit)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void handshake_that_does_not_begin_or_does_not_end_is_given_up(Vertx vertx) throws Exception {
    open(vertx, Duration.ofSeconds(2)); // in which an honest one ends, on a busy machine too

    try (Wire silent = gateway.connect();
        Wire half = gateway.connect()) {
      half.send(BEGINNING);

      assertThat(silent.closedWithin(LONG_ENOUGH)).isTrue();
      assertThat(half.closedWithin(LONG_ENOUGH)).isTrue();
    }
    assertThat(ask()).isEqualTo(200);
  }

  private int ask() throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(TestTls.trusting()).build();
    URI health = URI.create("https://127.0.0.1:" + gateway.port() + "/_infermux/health");
    return client
        .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
