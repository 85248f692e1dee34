package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What calls hold in memory is bounded for the process, whatever it is, and given back. */
@ExtendWith(VertxExtension.class)
final class BufferedMemoryTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String PLAIN = Texts.chat(Gateway.MODEL, "Hi");
  private static final int MB = 1 << 20;

  /** For 4 MB that have come of a body: memory is taken as it comes. */
  private static final long TAKEN = 4L * MB + MB / 4;

  private Gateway gateway;

  private void open(Vertx vertx, long limit) {
    gateway = Gateway.withRoomFor(vertx, limit);
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void half_sent_uploads_take_what_there_is_and_no_more(Vertx vertx) {
    open(vertx, 40L * MB);
    byte[] piece = new byte[4 * MB];
    List<Wire> uploads = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      Wire wire = gateway.connect();
      wire.send("POST " + PATH + " HTTP/1.1\r\nHost: t\r\nContent-Length: 32505856\r\n\r\n");
      wire.send(piece);
      uploads.add(wire);
      if (i < 8) {
        long taken = (i + 1) * TAKEN;
        await().until(() -> gateway.buffered("requests") == taken);
      } else {
        refused(wire.read());
      }
    }
    // One that goes on finds no room for more, and gives up what it had.
    uploads.get(0).send(piece);
    refused(uploads.get(0).read());
    await().until(() -> gateway.buffered("requests") == 7 * TAKEN);

    assertThat(gateway.buffered("requests")).isLessThan(40L * MB);
    assertThat(gateway.post(PATH, PLAIN).status()).isEqualTo(200);
    uploads.forEach(Wire::close);
    nothingIsHeld();
    assertThat(upload(20 * MB).status()).isEqualTo(200);
    nothingIsHeld();
  }

  @Test
  void answers_that_nobody_reads_are_counted_and_take_no_more(Vertx vertx) {
    open(vertx, 40L * MB);
    gateway.upstream().always(large(12 * MB));
    List<Wire> callers = unread(8);

    await().until(() -> refusals() > 0);
    await().until(() -> gateway.buffered("answers") >= 12L * MB);
    assertThat(gateway.buffered("answers")).isBetween(12L * MB, 35L * MB);
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    assertThat(gateway.post(PATH, PLAIN).status()).isEqualTo(200);
    callers.forEach(Wire::close);
    nothingIsHeld();
  }

  @Test
  void answers_that_arrive_at_once_on_all_event_loops_stay_within_the_limit(Vertx vertx) {
    open(vertx, 40L * MB);
    for (int round = 0; round < 4; round++) {
      CompletableFuture<Void> gate = new CompletableFuture<>();
      gateway.upstream().always(large(8 * MB).after(gate));
      List<Wire> callers = unread(12);
      await().until(() -> gateway.metric("infermux_in_flight") == 12);

      gate.complete(null);

      // The last eighth is for small ones; nothing of the large ones is in it, ever.
      int whole = 0;
      for (Wire caller : callers) {
        String head = caller.readUntil("\r\n\r\n");
        assertThat(gateway.buffered("answers")).isLessThanOrEqualTo(35L * MB);
        whole += head.startsWith("HTTP/1.1 200 ") ? 1 : 0;
      }
      // Four have room at once; what sockets take of theirs, up to 4 MB each, is room for others.
      assertThat(whole).isBetween(1, 8);
      gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
      for (int i = 0; i < 8; i++) {
        assertThat(gateway.post(PATH, PLAIN).status()).isEqualTo(200);
      }
      callers.forEach(Wire::close);
      nothingIsHeld();
    }
  }

  @Test
  void large_answer_arrives_whole_at_a_slow_reader(Vertx vertx) {
    open(vertx, 40L * MB);
    gateway.upstream().always(large(6 * MB));

    try (Wire wire = Wire.connect(gateway.port(), 16 * 1024)) {
      WireAnswer answer = wire.request("POST", PATH, PLAIN).read();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(json(6 * MB));
      assertThat(wire.post(PATH, PLAIN).body()).hasSize(json(6 * MB).length());
    }
    nothingIsHeld();
  }

  @Test
  void answer_without_room_is_refused_and_its_caller_told(Vertx vertx) {
    open(vertx, 4L * MB);
    gateway.upstream().always(large(6 * MB));

    WireAnswer answer = gateway.post(PATH, PLAIN);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.error().getString("code")).isEqualTo("overloaded");
    assertThat(answer.error().getString("message")).contains("limits.max_buffered_bytes");
    nothingIsHeld();
  }

  @Test
  void stream_waits_while_there_is_no_room_for_its_event(Vertx vertx) {
    open(vertx, 12L * MB);
    byte[] almostAll = new byte[10 * MB - 1];
    Wire upload = gateway.connect();
    upload
        .send("POST " + PATH + " HTTP/1.1\r\nHost: t\r\nContent-Length: 10485760\r\n\r\n")
        .send(almostAll);
    await().until(() -> gateway.buffered("requests") >= 10 * MB);
    String text = "x".repeat(3 * MB);
    gateway
        .upstream()
        .always(
            MockAnswer.events(
                Texts.role(), Texts.delta("Hi"), Texts.delta(text), Texts.finish(), "[DONE]"));

    try (Wire wire = gateway.connect()) {
      wire.request("POST", PATH, Texts.stream(Gateway.MODEL, "Hi"));
      wire.readUntil("Hi");
      await().until(() -> gateway.metric("infermux_buffered_bytes_refusals_total") > 0);
      assertThat(gateway.buffered("streams")).isBetween(1L, 2L * MB);

      upload.close();

      assertThat(wire.readUntil("[DONE]")).hasSizeGreaterThan(3 * MB);
    }
    nothingIsHeld();
  }

  private static void refused(WireAnswer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.error().getString("code")).isEqualTo("overloaded");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }

  private List<Wire> unread(int count) {
    List<Wire> callers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      callers.add(Wire.connect(gateway.port(), 16 * 1024).request("POST", PATH, PLAIN));
    }
    return callers;
  }

  private WireAnswer upload(int size) {
    return gateway.post(PATH, Texts.chat(Gateway.MODEL, "x".repeat(size)));
  }

  private static MockAnswer large(int size) {
    return MockAnswer.body(200, "application/json", Buffer.buffer(json(size)));
  }

  private static String json(int size) {
    return Texts.CHAT_ANSWER.replace("Hello", "x".repeat(size));
  }

  private void nothingIsHeld() {
    await()
        .untilAsserted(
            () -> {
              for (String kind : List.of("requests", "answers", "streams", "unsent")) {
                assertThat(gateway.buffered(kind)).as(kind).isZero();
              }
            });
  }

  private long refusals() {
    return gateway.metric("infermux_buffered_bytes_refusals_total");
  }
}
