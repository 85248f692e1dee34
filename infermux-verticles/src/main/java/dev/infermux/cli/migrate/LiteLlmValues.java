package dev.infermux.cli.migrate;

/** Texts of LiteLLM's file as InferMux writes them. */
final class LiteLlmValues {

  private static final String VARIABLE = "os.environ/";

  private LiteLlmValues() {}

  /** {@code os.environ/X} is <code>${X}</code>; what is text stays text. */
  static String reference(String text) {
    return text.startsWith(VARIABLE)
        ? "${" + text.substring(VARIABLE.length()).strip() + "}"
        : text.replace("$", "$$");
  }
}
