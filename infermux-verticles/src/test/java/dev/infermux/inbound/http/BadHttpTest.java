package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class BadHttpTest {

  private static final int LIMIT = 2000;
  private static final String BODY = Texts.chat("echo-v1", "Hi");
  private static final String POST = "POST /v1/chat/completions HTTP/1.1\r\nHost: t\r\n";
  private static final String GET = "GET /v1/models HTTP/1.1\r\nHost: t\r\n";

  private static Gateway gateway;

  @BeforeAll
  static void open(Vertx vertx) {
    LimitsOptions limits = LimitsOptions.defaults().withMaxBodyBytes(LIMIT);
    gateway = Gateway.start(vertx, http -> http.withLimits(limits));
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @AfterEach
  void the_next_caller_is_served() {
    assertThat(gateway.post("/v1/chat/completions", BODY).status()).isEqualTo(200);
  }

  static Stream<Arguments> malformed() {
    String length = "Content-Length: " + BODY.length() + "\r\n";
    return Stream.of(
        raw("both lengths", POST + length + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        raw("two lengths", POST + length + "Content-Length: 5\r\n\r\n" + BODY, 400),
        raw("one length twice", POST + length + length + "\r\n" + BODY, 400),
        raw("a list of lengths", POST + "Content-Length: 5, 5\r\n\r\nhello", 400),
        raw("a signed length", POST + "Content-Length: +5\r\n\r\nhello", 400),
        raw("a negative length", POST + "Content-Length: -5\r\n\r\n", 400),
        raw("an absurd length", POST + "Content-Length: 99999999999999999999\r\n\r\n", 400),
        raw("a strange coding", POST + "Transfer-Encoding: xchunked\r\n\r\n", 400),
        raw("chunked, not last", POST + "Transfer-Encoding: chunked, identity\r\n\r\n", 400),
        raw("a bare CR", GET + "X-A: a\rb\r\n\r\n", 400),
        raw("a NUL", GET + "X-A: a\0b\r\n\r\n", 400),
        raw("a space before the colon", GET + "X-A : a\r\n\r\n", 400),
        raw("no colon", GET + "X-A\r\n\r\n", 400),
        raw("a broken method", "G@T /v1/models HTTP/1.1\r\nHost: t\r\n\r\n", 400),
        raw("a broken line", "GET\r\n\r\n", 400),
        raw("TLS to a plain port", "\u0016\u0003\u0001\u0000\u00f1\r\n\r\n", 400),
        raw("no host", "GET /v1/models HTTP/1.1\r\n\r\n", 400),
        raw("two hosts", GET + "Host: u\r\n\r\n", 400),
        raw("a bad host", "GET /v1/models HTTP/1.1\r\nHost: a b/c\r\n\r\n", 400),
        raw("no name", GET + ": a\r\n\r\n", 400),
        raw("no host in the target", "GET http:///v1/models HTTP/1.1\r\nHost: t\r\n\r\n", 400),
        raw("a bad one", "GET http://a:b/v1/models HTTP/1.1\r\nHost: t\r\n\r\n", 400),
        raw("a user", "GET http://t@u/v1/models HTTP/1.1\r\nHost: t\r\n\r\n", 400),
        raw("a broken escape", "GET /v1/responses/a?b=%zz HTTP/1.1\r\nHost: t\r\n\r\n", 400),
        raw("half an escape", "GET /v1/models/a%4 HTTP/1.1\r\nHost: t\r\n\r\n", 400),
        raw("another coding", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
        raw("HTTP/2.0", "GET /v1/models HTTP/2.0\r\nHost: t\r\n\r\n", 505),
        raw("two keys", GET + "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n", 400),
        raw("a folded header", GET + "X-A: a\r\n b\r\n\r\n", 400),
        raw("a bare LF", "GET /v1/models HTTP/1.1\nHost: t\r\n\r\n", 400),
        raw("a long header", GET + "X-A: " + "a".repeat(40_000) + "\r\n\r\n", 431),
        raw("many headers", GET + "X-A: aaaaaaaaaaaaaaa\r\n".repeat(2_000) + "\r\n", 431),
        raw("a long line", "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: t\r\n\r\n", 414));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void malformed_request_is_refused_and_its_connection_closed(String what, String raw, int status) {
    try (Wire wire = gateway.connect()) {
      WireAnswer answer = wire.send(raw).read();

      assertThat(answer.status()).isEqualTo(status);
      ErrorShape.check(answer, "invalid_request");
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(wire.ended()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1", "HTTP/1.2", "HTTP/1.9"})
  void answer_has_the_last_version_that_is_spoken_here(String version) {
    try (Wire wire = gateway.connect()) {
      String answer =
          wire.send("GET http://t/v1/models " + version + "\r\nHost: t\r\n\r\n").readUntil("\r\n");

      assertThat(answer).startsWith("HTTP/1.1 200 OK");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://u/v1/models", "HTTP://U:8080/v1/models?a=b", "x://[::1]/v1/models"})
  void absolute_target_is_served_whatever_its_host_header_says(String target) {
    try (Wire wire = gateway.connect()) {
      wire.send("GET " + target + " HTTP/1.1\r\nHost: t\r\n\r\n");

      assertThat(wire.read().body()).contains("gpt-4o");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://u", "http://u?v1/models", "http://u#/v1/models"})
  void absolute_target_may_have_no_path(String target) {
    try (Wire wire = gateway.connect()) {
      wire.send("GET " + target + " HTTP/1.1\r\nHost: t\r\n\r\n");

      assertThat(wire.read().status()).isEqualTo(404);
    }
  }

  @Test
  void broken_chunk_ends_the_connection() {
    try (Wire wire = gateway.connect()) {
      wire.send(POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n");

      assertThat(wire.ended()).isTrue();
    }
  }

  @Test
  void too_large_by_its_declared_length_is_refused_unread() {
    try (Wire wire = gateway.connect()) {
      WireAnswer answer = wire.send(POST + "Content-Length: 2001\r\n\r\n{").read();

      assertThat(answer.status()).isEqualTo(413);
      ErrorShape.check(answer, "request_too_large");
      assertThat(answer.error().getString("message")).contains("2001").contains("2000");
      assertThat(answer.headers()).containsEntry("connection", "close");
    }
  }

  @Test
  void too_large_in_chunks_is_refused_when_it_is() {
    try (Wire wire = gateway.connect()) {
      WireAnswer answer =
          wire.send(POST + "Transfer-Encoding: chunked\r\n\r\n7d1\r\n" + "x".repeat(2001) + "\r\n")
              .read();

      assertThat(answer.status()).isEqualTo(413);
      ErrorShape.check(answer, "request_too_large");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 2001", "Content-Length: 3000000"})
  void refused_body_is_drained_and_then_the_connection_closes(String length) {
    try (Wire wire = gateway.connect()) {
      WireAnswer answer = wire.send(POST + length + "\r\n\r\n" + "x".repeat(2001)).read();
      boolean closed = wire.ended();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(closed).isTrue();
    }
  }

  @Test
  void body_at_the_limit_passes() {
    String body = BODY + " ".repeat(LIMIT - BODY.length());
    try (Wire wire = gateway.connect()) {
      WireAnswer whole = wire.post("/v1/chat/completions", body);
      WireAnswer chunked =
          wire.send(POST + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + body + "\r\n0\r\n\r\n")
              .read();

      assertThat(whole.status()).isEqualTo(200);
      assertThat(chunked.status()).isEqualTo(200);
    }
  }

  @Test
  void compressed_body_is_refused() {
    WireAnswer answer = gateway.post("/v1/chat/completions", BODY, "Content-Encoding: gzip");

    assertThat(answer.status()).isEqualTo(415);
    ErrorShape.check(answer, "unsupported_encoding");
  }

  @Test
  void body_that_waits_for_permission_gets_it() {
    try (Wire wire = gateway.connect()) {
      String head = POST + "Expect: 100-continue\r\nContent-Length: " + BODY.length() + "\r\n\r\n";
      WireAnswer permission = wire.send(head).read();
      WireAnswer answer = wire.send(BODY).read();

      assertThat(permission.status()).isEqualTo(100);
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Test
  void body_that_would_be_refused_gets_no_permission() {
    try (Wire wire = gateway.connect()) {
      WireAnswer answer =
          wire.send(POST + "Expect: 100-continue\r\nContent-Length: 5000\r\n\r\n").read();

      assertThat(answer.status()).isEqualTo(413);
    }
  }

  @Test
  void caller_that_leaves_within_its_body_disturbs_nobody() {
    Wire wire = gateway.connect();
    wire.send(POST + "Content-Length: 1000\r\n\r\n{");

    wire.reset();
  }

  private static Arguments raw(String what, String raw, int status) {
    return Arguments.of(what, raw, status);
  }
}
