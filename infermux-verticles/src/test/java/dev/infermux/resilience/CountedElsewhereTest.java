package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.infermux.bus.BusAddresses;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistType;
import dev.infermux.mist.RawPayload;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bodies sent to management and requests over the bus are in the one account of memory, too. */
@ExtendWith(VertxExtension.class)
final class CountedElsewhereTest {

  private static final int MB = 1 << 20;

  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway = Gateway.withRoomFor(vertx, 4L * MB);
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void half_sent_bodies_of_management_count_until_they_are_answered() {
    String head = "POST /_infermux/route/explain HTTP/1.1\r\nHost: localhost\r\n";
    Wire first = gateway.connect().send(head + "Content-Length: 3145728\r\n\r\n");
    first.send(new byte[5 * MB / 2]);
    await().until(() -> gateway.buffered("requests") > 2 * MB);

    try (Wire second = gateway.connect()) {
      second.send(head + "Content-Length: 3145728\r\n\r\n").send(new byte[5 * MB / 2]);
      WireAnswer answer = second.read();

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.error().getString("code")).isEqualTo("overloaded");
      assertThat(answer.header("Connection")).isEqualTo("close");
    }
    first.close();
    await().until(() -> gateway.buffered("requests") == 0);
  }

  @Test
  void change_that_is_no_small_one_is_refused_unread() {
    WireAnswer answer = gateway.post("/_infermux/providers", "[" + "[],".repeat(MB / 8) + "[]]");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.error().getString("code")).isEqualTo("request_too_large");
    assertThat(gateway.buffered("requests")).isZero();
  }

  @Test
  void request_over_the_bus_counts_until_it_is_answered(Vertx vertx) {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER).after(gate));

    Future<Message<Envelope>> reply = ask(vertx, Texts.chat(Gateway.MODEL, "x".repeat(MB)));
    await().until(() -> gateway.buffered("requests") > MB);
    gate.complete(null);

    assertThat(reply.await().body().type()).isEqualTo(MistType.INFER_RESPONSE);
    await().until(() -> gateway.buffered("requests") == 0);
  }

  @Test
  void request_over_the_bus_without_room_is_refused(Vertx vertx) {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER).after(gate));
    String large = Texts.chat(Gateway.MODEL, "x".repeat(2 * MB));
    Future<Message<Envelope>> first = ask(vertx, large);
    await().until(() -> gateway.buffered("requests") > 2 * MB);

    Throwable refused = catchThrowable(() -> ask(vertx, large).await());

    assertThat(refused).hasMessageContaining("limits.max_buffered_bytes");
    gate.complete(null);
    first.await();
    await().until(() -> gateway.buffered("requests") == 0);
  }

  private static Future<Message<Envelope>> ask(Vertx vertx, String json) {
    return vertx
        .eventBus()
        .request(
            BusAddresses.INFER,
            Envelope.of(
                "test",
                MistType.INFER_REQUEST,
                new RawPayload(json.getBytes(StandardCharsets.UTF_8))));
  }
}
