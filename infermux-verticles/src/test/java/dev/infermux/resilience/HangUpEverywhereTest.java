package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.inference.Prefill;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.routing.MidStream;
import dev.infermux.provider.PrefillOptions;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Wherever a call is when its caller hangs up, its provider's connection closes at once. */
@ExtendWith(VertxExtension.class)
final class HangUpEverywhereTest {

  private Pair pair;
  private BusEvents events;

  @BeforeEach
  void open(Vertx vertx) {
    pair =
        Pair.start(
            vertx,
            routing -> routing.withFailover(routing.failover().withMidStream(MidStream.CONTINUE)),
            UnaryOperator.identity(),
            second -> second.withPrefill(PrefillOptions.all(Prefill.MESSAGE)),
            CircuitOptions.defaults().withConsecutiveFailures(1_000_000).withErrorRateThreshold(1));
    events = new BusEvents(pair.gateway().vertx());
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void every_place_lets_go_of_its_provider(Vertx vertx) {
    StringBuilder table = new StringBuilder();
    int calls = 0;
    for (HangUp place : HangUp.values()) {
      // Each pause between retries closes the provider's ceiling for its length.
      int rounds = place == HangUp.BETWEEN_RETRIES ? 5 : Scale.of(5, 200);
      double[] millis = new double[rounds];
      for (int i = 0; i < rounds; i++) {
        millis[i] = place.leave(pair).closedAfterMillis();
        calls++;
        List<JsonObject> told = events.inferences(calls);
        assertThat(told.get(calls - 1).getString("status")).as(place.name()).isEqualTo("cancelled");
        if (place == HangUp.BETWEEN_RETRIES) {
          restart(vertx);
          calls = 0;
        }
      }
      table.append(row(place, millis));
    }

    Scale.report("hang-up", table.toString());
    nothingIsLeft();
  }

  @Test
  void thousands_of_callers_that_hang_up_leave_nothing_behind() {
    List<HangUp> places =
        Arrays.stream(HangUp.values()).filter(place -> place != HangUp.BETWEEN_RETRIES).toList();
    int all = Scale.of(600, 10_000);
    List<HangUp.Left> left = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      left.add(places.get(i % places.size()).leave(pair));
    }

    left.forEach(HangUp.Left::closedAfterMillis);
    assertThat(events.inferences(all))
        .allSatisfy(event -> assertThat(event.getString("status")).isEqualTo("cancelled"));
    nothingIsLeft();
  }

  @Test
  void caller_who_leaves_with_all_but_the_last_event_leaves_nothing_behind() {
    pair.first()
        .next(MockAnswer.events(Texts.role(), Texts.delta("Hi"), Texts.finish()).thenSilence());
    try (Wire wire = pair.gateway().connect()) {
      wire.request("POST", "/v1/chat/completions", Texts.stream("gpt-4o-mini", "Hi"));
      wire.readUntil("\"stop\"");
    }

    events.inferences(1);
    nothingIsLeft();
  }

  /** Neither a request that a provider still answers, nor a place in flight, nor a circuit. */
  private void nothingIsLeft() {
    for (MockUpstream provider : List.of(pair.first(), pair.second())) {
      assertThat(provider.requests())
          .noneMatch(request -> request.state() == MockRequest.State.ANSWERING);
    }
    pair.first().next(MockAnswer.json(Texts.CHAT_ANSWER));
    String metrics = pair.gateway().get("/_infermux/metrics").body();
    assertThat(metrics).contains("infermux_in_flight 0.0");
    assertThat(
            pair.gateway()
                .post("/v1/chat/completions", Texts.chat("gpt-4o-mini", "Hi"))
                .header("X-Infermux-Provider"))
        .isEqualTo("first");
  }

  private void restart(Vertx vertx) {
    pair.close();
    open(vertx);
  }

  private static String row(HangUp place, double[] millis) {
    Arrays.sort(millis);
    return String.format(
        Locale.ROOT,
        "| %s | %.1f ms | %.1f ms | %.1f ms |%n",
        place.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        millis[millis.length / 2],
        millis[(int) Math.ceil(millis.length * 0.99) - 1],
        millis[millis.length - 1]);
  }
}
