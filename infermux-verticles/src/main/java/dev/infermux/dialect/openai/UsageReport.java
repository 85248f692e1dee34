package dev.infermux.dialect.openai;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider's own usage object, as its caller is shown it: whole and as it is spelt, with the
 * three counters that clients need.
 */
final class UsageReport {

  private static final String PROMPT = "prompt_tokens";
  private static final String COMPLETION = "completion_tokens";
  private static final String TOTAL = "total_tokens";

  private final Map<String, JsonSlice> fields = new LinkedHashMap<>();
  private boolean merged;

  UsageReport(JsonSlice spelled) {
    JsonCursor json = spelled.cursor();
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      fields.put(name, json.value());
    }
  }

  /** Whether it has all counters and nothing was added, so that it is shown as it stands. */
  boolean isUntouched() {
    return !merged && count(PROMPT) >= 0 && count(COMPLETION) >= 0 && count(TOTAL) >= 0;
  }

  /**
   * Whether it says nothing of either side, so that its caller would be shown what nobody counted.
   *
   * @param counted what the gateway read in it; null = nothing
   */
  boolean isEmpty(@Nullable Usage counted) {
    return counted == null && count(PROMPT) < 0 && count(COMPLETION) < 0;
  }

  /** This, the later report, with what only an earlier one counts: the prompt, mostly. */
  UsageReport after(@Nullable UsageReport earlier) {
    if (earlier == null || (count(PROMPT) > 0 && count(COMPLETION) > 0)) {
      return this;
    }
    for (Map.Entry<String, JsonSlice> field : earlier.fields.entrySet()) {
      JsonSlice own = fields.get(field.getKey());
      if (own == null
          || own.kind() == JsonKind.NULL
          || (number(own) == 0 && number(field.getValue()) > 0)) {
        fields.put(field.getKey(), field.getValue());
        merged = true;
      }
    }
    if (merged && count(PROMPT) >= 0 && count(COMPLETION) >= 0) {
      put(TOTAL, count(PROMPT) + count(COMPLETION));
    }
    return this;
  }

  /**
   * Writes it, its missing counters filled in.
   *
   * @param counted what the gateway read in it; null = nothing
   */
  void write(JsonOutput out, @Nullable Usage counted) {
    fill(PROMPT, counted == null ? 0 : counted.promptTokens());
    fill(COMPLETION, counted == null ? 0 : counted.completionTokens());
    fill(TOTAL, count(PROMPT) + count(COMPLETION));
    out.object();
    fields.forEach((name, value) -> out.name(JsonText.of(name)).value(value));
    out.endObject();
  }

  private void fill(String name, long value) {
    if (count(name) < 0) {
      put(name, value);
    }
  }

  private void put(String name, long value) {
    fields.put(name, JsonSlice.of(Long.toString(value)));
  }

  private long count(String name) {
    JsonSlice value = fields.get(name);
    return value == null ? -1 : number(value);
  }

  private static long number(JsonSlice value) {
    return value.kind() == JsonKind.NUMBER ? OpenAiNumbers.whole(value.cursor(), -1) : -1;
  }
}
