package dev.infermux.clients;

import dev.infermux.mock.MockRequest;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What a client cannot know of its own calls: what of them came to the provider. */
final class Seen {

  /** In the image that every client sends. */
  private static final String PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ";

  private Seen() {}

  /** The outcomes, failed where the provider got no image or was not hung up on. */
  static Map<Scenario, Outcome> by(Column column, Map<Scenario, Outcome> outcomes) {
    Map<Scenario, Outcome> seen = new EnumMap<>(outcomes);
    seen.computeIfPresent(
        Scenario.IMAGE,
        (scenario, told) ->
            verdict(told, imageCame(column), "the image did not come to the provider"));
    seen.computeIfPresent(
        Scenario.CANCEL,
        (scenario, told) -> verdict(told, hungUp(column), "the provider was not hung up on"));
    seen.computeIfPresent(
        Scenario.TOOLS,
        (scenario, told) ->
            verdict(told, agentDid(column), "the file did not come to the provider"));
    return seen;
  }

  /** Whether what the agent's tool read came back, where an agent was run. */
  private static boolean agentDid(Column column) {
    return Stream.of("codex", "claude")
        .map(column::asked)
        .filter(requests -> !requests.isEmpty())
        .allMatch(
            requests -> requests.stream().anyMatch(sent -> sent.body().contains(CodingAgent.FACT)));
  }

  private static Outcome verdict(Outcome told, boolean seen, String otherwise) {
    return told.equals(Outcome.OK) && !seen ? Outcome.failed(otherwise) : told;
  }

  private static boolean imageCame(Column column) {
    return column.asked("plain").stream().anyMatch(request -> request.body().contains(PIXEL));
  }

  private static boolean hungUp(Column column) {
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .until(
              () ->
                  !column.asked("stalls").isEmpty()
                      && column.asked("stalls").stream().allMatch(MockRequest::abandoned));
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }
}
