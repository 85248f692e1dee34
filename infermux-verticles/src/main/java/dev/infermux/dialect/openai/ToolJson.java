package dev.infermux.dialect.openai;

import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;

/** Arguments of calls of tools, which are JSON as text. */
final class ToolJson {

  private ToolJson() {}

  /**
   * Writes the field, as text whatever it is.
   *
   * @param none what stands for none
   */
  static void arguments(JsonSlice value, String none, JsonOutput out) {
    if (value.kind() == JsonKind.STRING) {
      out.field("arguments", value);
    } else if (value.kind() == JsonKind.NULL) {
      out.field("arguments", none);
    } else {
      out.name("arguments").stringOf(value);
    }
  }
}
