package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;

/** Tells whether a usage object has the counters without which some clients throw. */
final class RequiredCounters {

  private RequiredCounters() {}

  /** Whether the prompt, the completion and both together are counted. */
  static boolean ofChat(JsonCursor usage) {
    return count(usage) == 3;
  }

  /** Whether the prompt and all together are, which are the same. */
  static boolean ofEmbeddings(JsonCursor usage) {
    return count(usage) >= 2;
  }

  private static int count(JsonCursor json) {
    int counters = 0;
    json.enterObject();
    while (json.nextField()) {
      boolean counter =
          json.nameIs(OpenAiFields.PROMPT_TOKENS)
              || json.nameIs(OpenAiFields.COMPLETION_TOKENS)
              || json.nameIs(OpenAiFields.TOTAL_TOKENS);
      counters += counter && json.kind() == JsonKind.NUMBER ? 1 : 0;
      json.skip();
    }
    return counters;
  }
}
