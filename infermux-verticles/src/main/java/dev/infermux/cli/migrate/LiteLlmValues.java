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

  /** The same of a credential, which had better be a variable. */
  static String secret(Migration to, String path, String text) {
    String value = reference(text);
    if (!value.startsWith("${")) {
      to.lose(path + " stands in clear; a variable would be better");
    }
    return value;
  }

  /** An address: without a path the API of OpenAI is at the root there, and below /v1 here. */
  static String address(String url, String type) {
    boolean host = url.matches("https?://[^/?#]+");
    return reference(url) + (host && type.equals("openai") ? "/" : "");
  }
}
