package dev.infermux.mock;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The models that a mock shows in its lists. */
final class MockModels {

  /** The name that lists end with. */
  static final String LAST = "mock-tool-call";

  /** Some of what can be asked for by name, so that the list of models shows how. */
  private static final List<String> EXAMPLES =
      List.of(
          "mock-ok",
          "mock-status-503",
          "mock-status-429+retry-after-2s",
          "mock-hang",
          "mock-reset",
          "mock-first-token-2s+pace-50ms",
          "mock-cut-after-5",
          "mock-stall-after-5",
          LAST);

  private MockModels() {}

  static Set<String> of(Mock mock) {
    Set<String> names = new LinkedHashSet<>();
    List<String> models = mock.models();
    names.addAll(models == null ? List.of() : models);
    names.addAll(mock.script().models().keySet());
    names.addAll(EXAMPLES);
    return names;
  }
}
