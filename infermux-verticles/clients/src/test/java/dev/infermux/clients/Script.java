package dev.infermux.clients;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the scenarios of a client of another language in a process of its own. */
record Script(String language, List<String> command) implements Program {

  static Script node(String client) {
    return new Script("node", List.of("node", "src/test/node/run.mjs", client));
  }

  static Script python(String client) {
    return new Script("python", List.of("python3", "src/test/python/run.py", client));
  }

  @Override
  public Map<Scenario, Outcome> run(String url) {
    List<String> arguments = new ArrayList<>(command);
    arguments.add(url);
    Launch.Ended ended = Launch.of(arguments).environment(Packages.environment()).run();
    Map<Scenario, Outcome> outcomes = new EnumMap<>(Scenario.class);
    for (Scenario scenario : Scenario.values()) {
      outcomes.put(scenario, outcome(ended, scenario));
    }
    return outcomes;
  }

  private static Outcome outcome(Launch.Ended ended, Scenario scenario) {
    Optional<JsonObject> line =
        ended
            .output()
            .lines()
            .filter(text -> text.startsWith("{\"scenario\""))
            .map(JsonObject::new)
            .filter(json -> json.getString("scenario").equals(scenario.text()))
            .findFirst();
    return line.map(json -> new Outcome(json.getString("result"), json.getString("detail")))
        .orElseGet(() -> Outcome.failed("no line for it: " + ended.output()));
  }
}
