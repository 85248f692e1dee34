package dev.infermux.clients;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The scenarios of a client for the JVM, by what runs each; those that are missing it has no call
 * for.
 */
record Steps(Function<String, Map<Scenario, Step>> open) implements Program {

  /** The image of one pixel that every client sends. */
  static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  static final String PIXEL_URL = "data:image/png;base64," + PIXEL;

  /** One scenario; fails by throwing. */
  interface Step {
    void run() throws Exception;
  }

  @Override
  public Map<Scenario, Outcome> run(String url) {
    Map<Scenario, Step> steps = open.apply(url);
    Map<Scenario, Outcome> outcomes = new EnumMap<>(Scenario.class);
    for (Scenario scenario : Scenario.values()) {
      Step step = steps.get(scenario);
      outcomes.put(scenario, step == null ? Outcome.NONE : outcome(step));
    }
    return outcomes;
  }

  private static Outcome outcome(Step step) {
    try {
      step.run();
      return Outcome.OK;
    } catch (Exception | AssertionError | LinkageError e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return Outcome.failed(trace.toString());
    }
  }
}
