package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All attacks at once beside honest callers, who lose nothing; afterwards all is back to zero. A
 * few seconds with every build, twelve minutes with {@code -Dresilience=full}.
 */
@Timeout(900)
@ExtendWith(VertxExtension.class)
final class HostileHourTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String HEAD = "POST " + PATH + " HTTP/1.1\r\nHost: t\r\n";
  private static final String PLAIN = Texts.chat("echo-v1", "Hi");
  private static final int MB = 1 << 20;
  private static final Duration LENGTH = Duration.ofSeconds(Scale.of(4, 720));
  private static final long PAUSE_MILLIS = 20;
  private static final Duration PAUSE_BETWEEN_ATTACKS = Duration.ofMillis(200);

  @Test
  void honest_callers_lose_nothing(Vertx vertx) throws Exception {
    try (Gateway gateway = start(vertx)) {
      Buffer event = Buffer.buffer("data: " + Texts.delta("x".repeat(4096)) + "\n\n");
      gateway.upstream().always(MockAnswer.flood("text/event-stream", event, -1));
      AtomicBoolean over = new AtomicBoolean();
      List<Thread> attackers =
          List.of(
              attack(over, () -> heldUploads(gateway)),
              attack(over, () -> unreadStreams(gateway)),
              attack(over, () -> halfHeads(gateway)),
              attack(over, () -> longNumbers(gateway)),
              attack(over, () -> hangUps(gateway)));

      List<Double> millis = honest(gateway, over);

      for (Thread attacker : attackers) {
        attacker.join();
      }
      double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      Scale.report(
          "hostile",
          String.format(
              Locale.ROOT,
              "| %d honest calls | median %.1f ms | p99 %.1f ms |%n",
              sorted.length,
              sorted[sorted.length / 2],
              sorted[(int) (sorted.length * 0.99)]));
      nothingIsLeft(gateway);
    }
  }

  private static Gateway start(Vertx vertx) {
    return Gateway.start(
        vertx,
        (config, upstream) ->
            config
                .withHttp(
                    config.http().withLimits(config.http().limits().withMaxBufferedBytes(48L * MB)))
                .withProvider(Gateway.provider(upstream)));
  }

  /** Each on a connection of its own, one after another, 50 a second at most. */
  private static List<Double> honest(Gateway gateway, AtomicBoolean over) {
    List<Double> millis = new ArrayList<>();
    long end = System.nanoTime() + LENGTH.toNanos();
    try {
      while (System.nanoTime() < end) {
        long asked = System.nanoTime();
        assertThat(gateway.post(PATH, PLAIN).status()).isEqualTo(200);
        double took = (System.nanoTime() - asked) / 1e6;
        millis.add(took);
        LockSupport.parkNanos((long) ((PAUSE_MILLIS - took) * 1e6));
      }
    } finally {
      over.set(true);
    }
    return millis;
  }

  /** Once more and more until it is over; what an attacker is told is no concern of anybody's. */
  private static Thread attack(AtomicBoolean over, Runnable once) {
    Thread attacker =
        new Thread(
            () -> {
              while (!over.get()) {
                try {
                  once.run();
                } catch (RuntimeException refused) {
                  // Closed, reset or silent: that is what should become of it.
                }
                LockSupport.parkNanos(PAUSE_BETWEEN_ATTACKS.toNanos());
              }
            });
    attacker.start();
    return attacker;
  }

  private static void heldUploads(Gateway gateway) {
    byte[] piece = new byte[3 * MB];
    List<Wire> wires = new ArrayList<>();
    try {
      for (int i = 0; i < 13; i++) {
        Wire wire = gateway.connect();
        wires.add(wire);
        wire.send(HEAD + "Content-Length: 32505856\r\n\r\n").send(piece);
      }
    } finally {
      wires.forEach(Wire::close);
    }
  }

  private static void unreadStreams(Gateway gateway) {
    Wire[] wires = new Wire[10];
    for (int i = 0; i < wires.length; i++) {
      wires[i] = Wire.connect(gateway.port(), 16 * 1024);
      wires[i].request("POST", PATH, Texts.stream(Gateway.MODEL, "Hi"));
    }
    wires[0].readUntil("xxxx");
    Arrays.stream(wires).forEach(Wire::reset);
  }

  private static void halfHeads(Gateway gateway) {
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      wires.add(gateway.connect().send("GET / HTTP/1.1\r\nHost: t\r\nX-" + i));
    }
    wires.forEach(Wire::close);
  }

  private static void longNumbers(Gateway gateway) {
    String digits = "1".repeat(300_000);
    gateway.post(PATH, "{\"max_tokens\":" + digits + "," + PLAIN.substring(1));
    gateway.post(PATH, "{\"n\":" + digits + "," + PLAIN.substring(1));
  }

  private static void hangUps(Gateway gateway) {
    gateway.connect().request("POST", PATH, Texts.stream(Gateway.MODEL, "Hi")).reset();
    gateway.connect().send("nonsense\r\n\r\n").close();
  }

  private static void nothingIsLeft(Gateway gateway) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(gateway.get("/_infermux/metrics").body())
                    .contains(
                        "infermux_in_flight 0.0",
                        "infermux_buffered_bytes{of=\"requests\"} 0.0",
                        "infermux_buffered_bytes{of=\"answers\"} 0.0",
                        "infermux_buffered_bytes{of=\"streams\"} 0.0",
                        "infermux_buffered_bytes{of=\"unsent\"} 0.0",
                        "infermux_provider_in_flight{provider=\"upstream\"} 0.0"));
  }
}
