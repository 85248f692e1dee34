package dev.infermux.inbound.management;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.MistType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of events that a reader may ask for, by their short names and by their whole ones. */
final class EventTypes {

  private static final Map<String, String> BY_NAME = byName();

  /** These tell of no single call, nor of what a caller spends. */
  private static final Set<String> HARMLESS =
      Set.of(MistType.EVENT_CIRCUIT_STATE, MistType.EVENT_PROVIDER_HEALTH, MistType.EVENT_CONFIG);

  private EventTypes() {}

  private static Map<String, String> byName() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("inference", MistType.EVENT_INFERENCE_REQUEST);
    names.put("cost", MistType.EVENT_PROVIDER_COST);
    names.put("circuit", MistType.EVENT_CIRCUIT_STATE);
    names.put("health", MistType.EVENT_PROVIDER_HEALTH);
    names.put("budget", MistType.EVENT_BUDGET_ALERT);
    names.put("config", MistType.EVENT_CONFIG);
    return names;
  }

  /**
   * Reads a list of names, separated by commas.
   *
   * @param names null = all
   * @throws InferenceException with an {@code InvalidRequest} for a name that is none
   */
  static Set<String> of(@Nullable String names) {
    Set<String> types = new LinkedHashSet<>();
    if (names == null) {
      types.addAll(BY_NAME.values());
      return types;
    }
    for (String name : names.split(",", -1)) {
      types.add(type(name.strip()));
    }
    return types;
  }

  /** Whether some of these tell of single calls or callers. */
  static boolean tellOfCallers(Set<String> types) {
    return !HARMLESS.containsAll(types);
  }

  private static String type(String name) {
    String type = BY_NAME.get(name);
    if (type != null) {
      return type;
    }
    String whole = name.startsWith("event.") ? name : "event." + name;
    if (BY_NAME.containsValue(whole)) {
      return whole;
    }
    throw new InferenceException(
        new Failure.InvalidRequest(
            "query: types: "
                + Query.quoted(name)
                + " (expected: some of "
                + String.join(", ", BY_NAME.keySet())
                + ", separated by commas)",
            "types"));
  }
}
