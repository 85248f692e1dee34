package dev.infermux.dialect.openai;

import dev.infermux.dialect.chat.ChatEvent.Sealed;
import dev.infermux.dialect.chat.ContentPart.Thought;
import dev.infermux.dialect.chat.ContentPart.ToolCall;
import dev.infermux.dialect.chat.Seals;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.json.JsonText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a chat's model wants back with what it said: its {@code reasoning_content} (DeepSeek, Kimi)
 * and the {@code extra_content} of its calls of tools (Gemini's signatures). Callers of other APIs
 * keep it under a seal that names the model, since other models refuse it.
 */
final class ReturnedThoughts {

  private static final String DIALECT = "chat";
  private static final char BETWEEN = ' ';

  private ReturnedThoughts() {}

  /** The seal of a thought. */
  static Sealed seal(String model) {
    return new Sealed(Seals.mark(DIALECT, JsonText.of(model)));
  }

  /** The seal of what a call came with. */
  static Sealed seal(String model, JsonSlice extra) {
    return new Sealed(Seals.mark(DIALECT, JsonText.of(model + BETWEEN + extra)));
  }

  /** Whether this model wants a thought back. */
  static boolean wants(String model, Thought thought) {
    JsonText seal = Seals.of(DIALECT, thought.seal());
    return seal != null && sameModel(model, before(seal.decoded()));
  }

  /** What a call came with that such a thought stands before, or null. */
  static @Nullable JsonSlice extra(Thought thought) {
    JsonText marked = Seals.of(DIALECT, thought.seal());
    String seal = marked == null ? "" : marked.decoded();
    int end = before(seal).length();
    try {
      return end == seal.length() ? null : ToolCall.argumentsIn(JsonText.of(seal.substring(end)));
    } catch (JsonSyntaxException noJson) {
      return null;
    }
  }

  private static String before(String seal) {
    int end = seal.indexOf(BETWEEN);
    return end < 0 ? seal : seal.substring(0, end);
  }

  /** Providers answer with a vendor before a name or a date behind it that was not asked for. */
  private static boolean sameModel(String asked, String answered) {
    String one = asked.substring(asked.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String other = answered.substring(answered.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return !one.isEmpty() && !other.isEmpty() && (one.startsWith(other) || other.startsWith(one));
  }
}
