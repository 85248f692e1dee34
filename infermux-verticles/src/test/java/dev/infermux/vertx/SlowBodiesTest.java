package dev.infermux.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Wire;
import dev.infermux.testing.VirtualTime;
import dev.infermux.time.Time;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A body may be slow for a minute; then it needs a mean of 1 KB/s. */
@ExtendWith(VertxExtension.class)
class SlowBodiesTest {

  private static final int STEP_SECONDS = 5;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String HEAD =
      "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 33554432\r\n\r\n";

  private final VirtualTime time = new VirtualTime();
  private volatile long stalledNanos;
  private final AtomicLong received = new AtomicLong(-1);
  private Context loop;
  private Wire wire;
  private long sent;

  @BeforeEach
  void open(Vertx vertx) {
    loop = vertx.getOrCreateContext();
    HttpServer server =
        onLoop(
            () ->
                vertx
                    .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                    .connectionHandler(watch()::accept)
                    .requestHandler(this::read)
                    .listen(0, "127.0.0.1"));
    wire = Wire.connect(server.actualPort()).send(HEAD);
    await().until(() -> received.get() == 0);
    pass(0);
  }

  private ConnectionWatch watch() {
    Duration patient = Duration.ofHours(1);
    return new ConnectionWatch(
        new Time(() -> time.nanos() + stalledNanos, time, time.time().timers()),
        new ConnectionLimits(patient, LIMIT, patient, patient, 100, 0),
        new ConnectionCount(),
        (status, code, message) ->
            ("HTTP/1.1 " + status + " " + code + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  private void read(HttpServerRequest request) {
    received.set(0);
    request.handler(bytes -> received.addAndGet(bytes.length()));
    request.exceptionHandler(closed -> {});
  }

  private <T> T onLoop(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(now -> work.get().onComplete(done));
    return done.future().await();
  }

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void mean_of_half_a_kilobyte_a_second_is_too_little_after_a_minute() {
    for (int second = 0; second < 60; second += STEP_SECONDS) {
      pass(2_500);
    }

    assertThat(wire.readUntil("\r\n")).startsWith("HTTP/1.1 408 request_timeout");
  }

  @Test
  void half_a_kilobyte_a_second_is_enough_within_the_minute() {
    for (int second = 0; second < 55; second += STEP_SECONDS) {
      pass(2_500);
    }

    takesAnotherByte();
  }

  @Test
  void mean_of_two_kilobytes_a_second_may_take_as_long_as_it_needs() {
    for (int second = 0; second < 600; second += STEP_SECONDS) {
      pass(10_000);
    }

    takesAnotherByte();
  }

  @Test
  void time_in_which_the_event_loop_did_not_run_counts_against_nobody() {
    pass(10_000);
    stalledNanos = Duration.ofMinutes(5).toNanos();
    pass(0);

    takesAnotherByte();
  }

  @Test
  void body_that_stops_for_half_a_minute_is_given_up_whatever_its_mean() {
    pass(1_000_000);
    for (int second = 0; second < 35; second += STEP_SECONDS) {
      pass(0);
    }

    assertThat(wire.readUntil("\r\n")).startsWith("HTTP/1.1 408 request_timeout");
  }

  /** So many bytes come, then five seconds pass. */
  private void pass(int bytes) {
    if (bytes > 0) {
      send(bytes);
    }
    onLoop(
        () -> {
          time.pass(Duration.ofSeconds(STEP_SECONDS));
          return Future.succeededFuture();
        });
  }

  private void takesAnotherByte() {
    send(1);
    assertThat(received.get()).isEqualTo(sent);
  }

  private void send(int bytes) {
    sent += bytes;
    wire.send(new byte[bytes]);
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> received.get() == sent);
  }
}
