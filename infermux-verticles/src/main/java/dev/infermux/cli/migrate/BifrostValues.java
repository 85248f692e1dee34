package dev.infermux.cli.migrate;

import java.util.Map;
import java.util.Optional;

/** Texts of Bifrost's file, or of what its API shows, as InferMux writes them. */
final class BifrostValues {

  private static final String VARIABLE = "env.";

  private BifrostValues() {}

  /** {@code env.X} is <code>${X}</code>, as is an object that says so; what is text stays text. */
  static Optional<String> text(SourceMap map, String key) {
    if (!(map.take(key) instanceof Map<?, ?>)) {
      return map.text(key).map(BifrostValues::reference);
    }
    SourceMap value = map.map(key);
    Optional<String> variable = value.text("env_var");
    return variable.isPresent()
        ? variable.map(name -> reference(name.startsWith(VARIABLE) ? name : VARIABLE + name))
        : value.text("value").map(BifrostValues::reference);
  }

  private static String reference(String text) {
    return text.startsWith(VARIABLE)
        ? "${" + text.substring(VARIABLE.length()).strip() + "}"
        : text.replace("$", "$$");
  }
}
