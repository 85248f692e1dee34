package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;

/** The usage of a request for embeddings: what the prompt took, and the same in all. */
final class VectorUsage {

  private VectorUsage() {}

  /** Writes a usage object, a counter that it misses as the other one. */
  static void write(JsonSlice usage, JsonOutput out) {
    long prompt = -1;
    long total = -1;
    JsonCursor json = usage.cursor();
    out.object();
    json.enterObject();
    while (json.nextField()) {
      boolean isPrompt = json.nameIs(OpenAiFields.PROMPT_TOKENS);
      boolean isTotal = json.nameIs(OpenAiFields.TOTAL_TOKENS);
      String name = json.name();
      JsonSlice value = json.value();
      long count = value.kind() == JsonKind.NUMBER ? OpenAiNumbers.whole(value.cursor(), -1) : -1;
      prompt = isPrompt ? count : prompt;
      total = isTotal ? count : total;
      if (count >= 0 || !(isPrompt || isTotal)) {
        out.name(JsonText.of(name)).value(value);
      }
    }
    if (prompt < 0) {
      out.field("prompt_tokens", Math.max(0, total));
    }
    if (total < 0) {
      out.field("total_tokens", Math.max(0, prompt));
    }
    out.endObject();
  }
}
