package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that is cut after any of its bytes is never presented as a success. */
@ExtendWith(VertxExtension.class)
final class CutAnywhereTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String DONE = "data: [DONE]";

  private Gateway gateway;
  private BusEvents events;

  @BeforeEach
  void open(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withCircuit(
                        CircuitOptions.defaults()
                            .withConsecutiveFailures(1_000_000)
                            .withErrorRateThreshold(1))
                    .withProvider(Gateway.provider(upstream)));
    events = new BusEvents(gateway.vertx());
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat-stream.sse", "chat-stream-usage.sse"})
  void recorded_stream_is_whole_or_fails_for_its_caller(String file) {
    byte[] recorded = recorded(file);
    int whole = finishedFrom(recorded);
    List<String> seen = new ArrayList<>();
    try (Wire wire = gateway.connect()) {
      for (int cut = 0; cut < recorded.length; cut++) {
        gateway
            .upstream()
            .next(MockAnswer.sse(List.of(Buffer.buffer(recorded).slice(0, cut))).thenClose());
        WireAnswer answer = wire.post(PATH, Texts.stream(Gateway.MODEL, "Hi"));
        seen.add(answer.status() + answer.body());
      }
    }

    List<JsonObject> told = events.inferences(recorded.length);
    for (int cut = 0; cut < recorded.length; cut++) {
      String answer = seen.get(cut);
      String status = told.get(cut).getString("status");
      if (cut >= whole) {
        assertThat(answer).as("cut after %d bytes", cut).startsWith("200").contains(DONE);
        assertThat(status).as("cut after %d bytes", cut).isEqualTo("ok");
      } else {
        assertThat(answer).as("cut after %d bytes", cut).contains("\"error\"").doesNotContain(DONE);
        assertThat(status).as("cut after %d bytes", cut).isEqualTo("error");
      }
    }
  }

  @Test
  void whole_answer_that_is_cut_is_an_error() {
    List<Integer> statuses = new ArrayList<>();
    try (Wire wire = gateway.connect()) {
      for (int cut = 0; cut < Texts.CHAT_ANSWER.length(); cut++) {
        gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER).cutAfter(cut));
        statuses.add(wire.post(PATH, Texts.chat(Gateway.MODEL, "Hi")).status());
      }
    }

    assertThat(statuses).containsOnly(502);
    assertThat(events.inferences(statuses.size()))
        .allSatisfy(event -> assertThat(event.getString("status")).isEqualTo("error"));
  }

  /** From here on every choice has said why it ended. */
  private static int finishedFrom(byte[] stream) {
    String text = new String(stream, java.nio.charset.StandardCharsets.ISO_8859_1);
    int reason = text.indexOf("\"finish_reason\":\"");
    // The last event of a connection needs no blank line; its JSON must be complete.
    return text.indexOf('\n', reason);
  }

  private static byte[] recorded(String file) {
    try (InputStream in = CutAnywhereTest.class.getResourceAsStream("/wire/openai/" + file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
