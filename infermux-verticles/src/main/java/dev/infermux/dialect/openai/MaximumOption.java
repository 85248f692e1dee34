package dev.infermux.dialect.openai;

import dev.infermux.inference.Failure;
import dev.infermux.json.Span;

/** The two spellings of the longest completion, and which of them a provider refuses. */
final class MaximumOption {

  static final String TOKENS = "max_tokens";
  static final String COMPLETION_TOKENS = "max_completion_tokens";

  private MaximumOption() {}

  static String other(String name) {
    return name.equals(TOKENS) ? COMPLETION_TOKENS : TOKENS;
  }

  /** Whether a failure blames this field; a prompt is too long with the completion, too. */
  static boolean isNamedIn(Failure failure, String name) {
    String param = failure.param();
    return (param != null && param.startsWith(name))
        || failure.message().contains(name)
        || failure.message().contains("in the completion");
  }

  /** Where the name stands before its value in JSON that the gateway wrote, without white space. */
  static Span nameBefore(Span value, String name) {
    int from = value.from() - name.length() - 3;
    return new Span(from, value.from());
  }
}
