package dev.infermux.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Wire;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of all sizes arrive as they were sent, and what was taken for them is given back. */
@ExtendWith(VertxExtension.class)
class BodyReaderTest {

  private static final int MB = 1 << 20;
  private static final int LIMIT = 6 * MB;
  private static final long ROOM = 16L * MB;

  private final BufferedBytes account = new BufferedBytes(ROOM);
  private long direct;
  private int port;

  @BeforeEach
  void open(Vertx vertx) {
    port =
        vertx
            .createHttpServer()
            .requestHandler(this::serve)
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    direct = direct();
  }

  /** Answers with what it has read. */
  private void serve(HttpServerRequest request) {
    BodyReader reader = new BodyReader(request, LIMIT, account);
    request.response().endHandler(end -> reader.release());
    request.response().closeHandler(gone -> reader.release());
    reader
        .read()
        .onComplete(
            (body, cause) -> {
              if (cause == null) {
                request.response().end(Buffer.buffer(body));
              } else {
                request.response().setStatusCode(500).end(cause.getMessage());
              }
            });
  }

  @AfterEach
  void everything_is_given_back() {
    await()
        .untilAsserted(
            () -> {
              assertThat(account.held()).isZero();
              assertThat(direct()).isLessThanOrEqualTo(direct);
            });
  }

  /** Large pieces of pooled direct memory that are in use. */
  private static long direct() {
    return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
        .mapToLong(PoolArenaMetric::numActiveNormalAllocations)
        .sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 4097, 262_143, 262_144, 262_145, 1_310_720, 1_310_721, LIMIT})
  void body_arrives_as_it_was_sent_declared_and_in_chunks(int size) {
    Random random = new Random(size);
    byte[] body = new byte[size];
    for (int i = 0; i < size; i++) {
      body[i] = (byte) ('a' + random.nextInt(26));
    }
    String text = new String(body, StandardCharsets.US_ASCII);
    try (Wire wire = Wire.connect(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: " + size + "\r\n\r\n").send(body);
      assertThat(wire.read().body().equals(text)).isTrue();

      wire.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int at = 0; at < size; at += 100_000) {
        int length = Math.min(100_000, size - at);
        wire.send(Integer.toHexString(length) + "\r\n");
        wire.send(Arrays.copyOfRange(body, at, at + length)).send("\r\n");
      }
      wire.send("0\r\n\r\n");
      assertThat(wire.read().body().equals(text)).isTrue();
    }
  }

  @Test
  void memory_follows_the_bytes_that_have_come() {
    try (Wire wire = Wire.connect(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: " + LIMIT + "\r\n\r\n");
      wire.send(new byte[1]);
      await().until(() -> account.held() > 0);
      assertThat(account.held()).isEqualTo(256 * 1024);

      wire.send(new byte[2 * MB]);
      await().until(() -> account.held() > 2 * MB);

      assertThat(account.held()).isLessThanOrEqualTo(3 * MB);
    }
  }

  @Test
  void body_of_which_a_piece_could_not_be_taken_is_none() {
    account.hold(BufferedKind.ANSWERS, ROOM - MB);
    account.onRefusal(
        () -> {
          account.release(BufferedKind.ANSWERS, ROOM - MB);
          throw new IllegalStateException("a bug");
        });
    try (Wire wire = Wire.connect(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: " + 4 * MB + "\r\n\r\n");
      wire.send(new byte[4 * MB]);

      assertThat(wire.read().body()).isEqualTo("a bug");
    }
  }

  @Test
  void what_is_too_long_or_has_no_room_is_refused() {
    try (Wire wire = Wire.connect(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
      wire.send(Integer.toHexString(LIMIT + 1) + "\r\n").send(new byte[LIMIT + 1]);
      assertThat(wire.read().body()).contains("over " + LIMIT + " bytes");
    }
    account.take(BufferedKind.ANSWERS, 12L * MB, 0);
    try (Wire wire = Wire.connect(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: " + LIMIT + "\r\n\r\n");
      wire.send(new byte[3 * MB]);
      assertThat(wire.read().body()).contains("no room for it");
    }
    account.release(BufferedKind.ANSWERS, 12L * MB);
  }
}
