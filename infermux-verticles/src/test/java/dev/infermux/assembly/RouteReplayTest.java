package dev.infermux.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.inference.Exclusion;
import dev.infermux.inference.Operation;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Routing is a function: decisions that were recorded once are made again from what they depended
 * on. A change that is meant to decide otherwise records anew: {@code
 * -Dinfermux.record=src/test/resources/routing/decisions.jsonl}.
 */
class RouteReplayTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> MODELS =
      List.of("gpt-4o", "quick", "smart", "auto", "llama", "claude-opus-4-5", "tiny", "unheard-of");
  private static final List<Exclusion> DYNAMIC =
      List.of(
          Exclusion.UNHEALTHY,
          Exclusion.CIRCUIT_OPEN,
          Exclusion.PROBE_RUNNING,
          Exclusion.RATE_LIMIT);

  @Test
  void recorded_decisions_are_made_again() throws Exception {
    Replay replay = new Replay();

    List<Decision> recorded = recorded();

    assertThat(recorded).hasSizeGreaterThan(100);
    for (Decision decision : recorded) {
      assertThat(replay.plan(decision)).as("%s", decision).isEqualTo(decision.plan());
    }
  }

  @Test
  void order_of_decisions_makes_no_difference() throws Exception {
    Replay replay = new Replay();
    List<Decision> shuffled = recorded();
    Collections.shuffle(shuffled, new Random(1));

    for (Decision decision : shuffled) {
      assertThat(replay.plan(decision)).as("%s", decision).isEqualTo(decision.plan());
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "infermux.record", matches = ".+")
  void record() throws Exception {
    Replay replay = new Replay();
    Random random = new Random(20_261_121);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      Decision decision = decision(random, replay.providers());
      lines.add(JSON.writeValueAsString(decision.with(replay.plan(decision))));
    }

    Path file = Files.write(Path.of(System.getProperty("infermux.record")), lines);

    assertThat(file).isNotEmptyFile();
  }

  private static Decision decision(Random random, List<String> providers) {
    Map<String, String> exclusions = new TreeMap<>();
    Map<String, Double> latencies = new TreeMap<>();
    for (String provider : providers) {
      if (random.nextInt(4) == 0) {
        exclusions.put(provider, DYNAMIC.get(random.nextInt(DYNAMIC.size())).name());
      }
      if (random.nextInt(4) > 0) {
        latencies.put(provider, (double) (1 + random.nextInt(5_000)));
      }
    }
    String model = MODELS.get(random.nextInt(MODELS.size()));
    return new Decision(
        model,
        random.nextInt(8) == 0 ? providers.get(random.nextInt(providers.size())) : null,
        random.nextInt(6) == 0 ? Operation.EMBEDDINGS.name() : Operation.CHAT.name(),
        random.nextInt(5_000),
        random.nextBoolean() ? random.nextInt(4_000) : 0,
        model.equals("auto") ? random.nextLong() : random.nextInt(providers.size() + 1) - 1,
        exclusions,
        latencies,
        null);
  }

  private static List<Decision> recorded() throws IOException, URISyntaxException {
    Path file = Path.of(RouteReplayTest.class.getResource("/routing/decisions.jsonl").toURI());
    List<Decision> decisions = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      decisions.add(JSON.readValue(line, Decision.class));
    }
    return decisions;
  }
}
