package dev.infermux.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.EventReader;
import dev.infermux.e2e.kit.EventReader.Event;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.events.EventAddresses;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeReader;
import dev.infermux.mist.MistType;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /_infermux/events} as readers of every kind get it. */
@ExtendWith(VertxExtension.class)
class EventStreamTest {

  private static final String EVENTS = "/_infermux/events";
  private static final String PROXIED = "X-Forwarded-For: 10.0.0.1";

  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withManagementListen(new ListenAddress("127.0.0.1", 0))
                    .withProvider(Gateway.provider(upstream)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void call_is_told_in_envelopes() {
    try (EventReader reader = EventReader.open(port(), EVENTS)) {
      WireAnswer answer = gateway.post("/v1/chat/completions", Texts.chat("echo-v1", "Hi"));

      Event call = reader.next();
      Event cost = reader.next();
      assertThat(call.name()).isEqualTo("event.inference_request");
      assertThat(call.data().getString("source")).isEqualTo("infermux");
      assertThat(call.payload().getString("request_id"))
          .isEqualTo(answer.header("X-Infermux-Request-Id"));
      assertThat(cost.name()).isEqualTo("event.provider_cost");
      assertThat(EnvelopeReader.read(cost.text().getBytes(UTF_8)).type())
          .isEqualTo(MistType.EVENT_PROVIDER_COST);
      assertThat(reader.response().headers().firstValue("content-type"))
          .hasValue("text/event-stream");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"circuit,health", "circuit_state", "event.circuit_state,config"})
  void only_what_is_asked_for_comes(String types) {
    try (EventReader reader = EventReader.open(port(), EVENTS + "?types=" + types)) {
      gateway.post("/v1/chat/completions", Texts.chat("echo-v1", "Hi"));
      gateway.inferMux().openCircuit("echo");

      Event first = reader.next();
      assertThat(first.name()).isEqualTo("event.circuit_state");
      assertThat(first.payload().getString("to")).isEqualTo("open");
    }
  }

  @Test
  void unknown_type_is_refused_with_those_there_are() {
    try (Wire wire = Wire.connect(port())) {
      WireAnswer refused = wire.get(EVENTS + "?types=circuit,calls");

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.error().getString("message"))
          .isEqualTo(
              "query: types: \"calls\" (expected: some of inference, cost, circuit, health, budget,"
                  + " config, separated by commas)");
      assertThat(wire.get(EVENTS + "?type=circuit").status()).isEqualTo(400);
      assertThat(wire.request("HEAD", EVENTS, "").readHead().header("content-type"))
          .isEqualTo("text/event-stream");
    }
  }

  @Test
  void reader_that_keeps_up_loses_nothing_of_a_thousand_a_second() {
    try (EventReader reader = EventReader.open(port(), EVENTS + "?types=config")) {
      int[] sent = {0};
      gateway
          .vertx()
          .setPeriodic(
              10,
              timer -> {
                publish(sent[0], sent[0] + 10, "");
                sent[0] += 10;
                if (sent[0] == 1_000) {
                  gateway.vertx().cancelTimer(timer);
                }
              });

      List<Integer> read =
          reader.until(event -> number(event) == 999).stream()
              .map(EventStreamTest::number)
              .toList();

      assertThat(read).containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
    }
  }

  @Test
  void reader_that_does_not_read_loses_what_comes_then_and_is_told_how_many() {
    int sent = 30_000;
    try (Wire wire = Wire.connect(port(), 4_096)) {
      wire.request("GET", EVENTS + "?types=config", "").readUntil("retry: 1000\n\n");

      for (int from = 0; from < sent; from += 1_000) {
        publish(from, from + 1_000, "x".repeat(1_000));
      }
      WireAnswer answer = gateway.post("/v1/chat/completions", Texts.chat("echo-v1", "Hi"));
      assertThat(answer.status()).isEqualTo(200);

      // Counted while nobody reads, since he who does not may never be told.
      long counted = (long) metric("infermux_event_stream_drops_total");
      assertThat(counted).isPositive();
      long before = wire.countUntil("event: event.config", "event: lost\ndata: {\"events\":");
      long lost = Long.parseLong(wire.readUntil("}").replace("}", ""));
      assertThat(lost).isPositive();
      assertThat(lost + before).isLessThanOrEqualTo(sent);
      assertThat(metric("infermux_event_stream_drops_total")).isGreaterThanOrEqualTo(lost);
    }
  }

  @Test
  void reader_who_leaves_takes_nothing_from_the_others() {
    try (EventReader first = EventReader.open(port(), EVENTS);
        EventReader second = EventReader.open(port(), EVENTS)) {
      publish(1, 2, "");
      assertThat(number(first.next())).isEqualTo(1);
      assertThat(number(second.next())).isEqualTo(1);
      assertThat(metric("infermux_event_streams")).isEqualTo(2);
      first.close();
      publish(2, 3, "");
      assertThat(number(second.next())).isEqualTo(2);
    }

    await().untilAsserted(() -> assertThat(metric("infermux_event_streams")).isZero());
    try (EventReader again = EventReader.open(port(), EVENTS)) {
      publish(3, 4, "");
      assertThat(number(again.next())).isEqualTo(3);
    }
  }

  @Test
  void stream_ends_with_a_word_when_the_gateway_stops() {
    try (EventReader reader = EventReader.open(port(), EVENTS)) {
      gateway.inferMux().drain(Duration.ofSeconds(5)).await();

      Event last = reader.next();
      assertThat(last.name()).isEqualTo("end");
      assertThat(last.data().getString("reason")).isEqualTo("stopping");
      assertThat(reader.ended()).isTrue();
    }
  }

  @Test
  void those_who_may_only_read_are_told_of_no_calls() {
    try (Wire wire = Wire.connect(port())) {
      for (String types : List.of("", "?types=inference", "?types=cost", "?types=circuit,budget")) {
        assertThat(wire.get(EVENTS + types, PROXIED).status()).isEqualTo(403);
      }
      wire.request("GET", EVENTS + "?types=circuit,health,config", "", PROXIED)
          .readUntil("retry: 1000\n\n");
    }
  }

  private int port() {
    return Objects.requireNonNull(gateway.listening().managementPort());
  }

  private void publish(int from, int to, String padding) {
    for (int i = from; i < to; i++) {
      byte[] json = ("{\"n\":" + i + ",\"padding\":\"" + padding + "\"}").getBytes(UTF_8);
      gateway
          .vertx()
          .eventBus()
          .publish(
              EventAddresses.CONFIG, Envelope.of("infermux", MistType.EVENT_CONFIG, () -> json));
    }
  }

  private static int number(Event event) {
    return event.payload().getInteger("n");
  }

  private double metric(String name) {
    try (Wire wire = Wire.connect(port())) {
      return wire.get("/_infermux/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow();
    }
  }
}
