package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@ExtendWith(VertxExtension.class)
class HangUpTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String PLAIN = Texts.chat(Gateway.MODEL, "Hi");
  private static final String STREAM = Texts.stream(Gateway.MODEL, "Hi");

  private Gateway gateway;
  private BusEvents events;

  @BeforeEach
  void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
    events = new BusEvents(gateway.vertx());
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void caller_of_a_whole_answer_that_leaves_cancels_the_provider(boolean reset) {
    gateway.upstream().next(MockAnswer.silence());
    Wire wire = gateway.connect().request("POST", PATH, PLAIN);
    MockRequest sent = arrived(1);

    leave(wire, reset);

    abandoned(sent);
    JsonObject event = events.inferences(1).get(0);
    assertThat(event.getString("status")).isEqualTo("cancelled");
    assertThat(event.getInteger("http_status")).isEqualTo(499);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void caller_that_leaves_before_the_head_of_a_stream_cancels_the_provider(boolean reset) {
    gateway.upstream().next(MockAnswer.silence());
    Wire wire = gateway.connect().request("POST", PATH, STREAM);
    MockRequest sent = arrived(1);

    leave(wire, reset);

    abandoned(sent);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void caller_that_leaves_before_the_first_token_cancels_the_provider(boolean reset) {
    gateway.upstream().next(MockAnswer.events().thenSilence());
    Wire wire = gateway.connect().request("POST", PATH, STREAM);
    MockRequest sent = arrived(1);
    await().until(() -> sent.bytesSent() > 0);

    leave(wire, reset);

    abandoned(sent);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void caller_that_leaves_within_a_stream_cancels_the_provider_and_is_charged(boolean reset) {
    gateway.upstream().next(MockAnswer.events(Texts.role(), Texts.delta("Hello")).thenSilence());
    Wire wire = gateway.connect().request("POST", PATH, STREAM);
    wire.readUntil("Hello");

    leave(wire, reset);

    abandoned(arrived(1));
    assertThat(events.inferences(1).get(0).getString("status")).isEqualTo("cancelled");
    JsonObject cost = events.costs(1).get(0);
    assertThat(cost.getBoolean("estimated")).isTrue();
    assertThat(cost.getLong("tokens_out")).isPositive();
  }

  @Test
  void caller_that_leaves_within_the_body_of_a_whole_answer_cancels_the_provider() {
    MockAnswer half = MockAnswer.json(Texts.CHAT_ANSWER).header("content-length", "99999");
    gateway.upstream().next(half.thenSilence());
    Wire wire = gateway.connect().request("POST", PATH, PLAIN);
    MockRequest sent = arrived(1);
    await().until(() -> sent.bytesSent() > 0);

    wire.close();

    abandoned(sent);
  }

  @Test
  void caller_that_leaves_behind_further_requests_leaves_no_line_in_the_log() {
    Logger netty = (Logger) LoggerFactory.getLogger("io.netty");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    netty.addAppender(lines);
    try {
      gateway
          .upstream()
          .always(MockAnswer.events(Texts.role(), Texts.delta("Hello")).thenSilence());
      Wire wire = gateway.connect();
      for (int i = 0; i < 3; i++) {
        wire.request("POST", PATH, STREAM);
      }
      wire.readUntil("Hello");

      wire.reset();

      abandoned(arrived(1));
    } finally {
      netty.detachAppender(lines);
    }
    assertThat(lines.list).isEmpty();
  }

  @Test
  void connection_of_a_whole_exchange_serves_the_next() {
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    try (Wire wire = gateway.connect()) {
      for (int i = 0; i < 5; i++) {
        assertThat(wire.post(PATH, PLAIN).status()).isEqualTo(200);
      }
    }

    assertThat(gateway.upstream().acceptedConnections()).isEqualTo(1);
  }

  @Test
  void five_hundred_streams_all_end_when_their_callers_have_left() {
    int streams = 500;
    gateway.upstream().always(MockAnswer.events(Texts.role(), Texts.delta("Hello")).thenSilence());
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      wires.add(gateway.connect().request("POST", PATH, STREAM));
    }
    wires.forEach(wire -> wire.readUntil("Hello"));
    assertThat(gateway.upstream().openConnections()).isEqualTo(streams);

    wires.forEach(Wire::close);

    await().until(() -> gateway.upstream().openConnections() == 0);
    assertThat(events.inferences(streams)).hasSize(streams);
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    WireAnswer next = gateway.post(PATH, PLAIN);
    assertThat(next.status()).isEqualTo(200);
  }

  private MockRequest arrived(int count) {
    await().until(() -> gateway.upstream().requests().size() >= count);
    return gateway.upstream().lastRequest();
  }

  private void abandoned(MockRequest sent) {
    await().until(sent::abandoned);
    await().until(() -> gateway.upstream().openConnections() == 0);
  }

  private static void leave(Wire wire, boolean reset) {
    if (reset) {
      wire.reset();
    } else {
      wire.close();
    }
  }
}
