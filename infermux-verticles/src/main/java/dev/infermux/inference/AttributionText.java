package dev.infermux.inference;

import dev.infermux.inference.Failure.InvalidRequest;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** Checks what callers say of themselves: free text, trimmed, at most 256 printable characters. */
public final class AttributionText {

  private static final int MAX_LENGTH = 256;

  private AttributionText() {}

  /**
   * Builds an attribution; empty text means not given.
   *
   * @param where what stands before {@code caller}, {@code project} and {@code env} in messages
   * @throws InferenceException with an {@link InvalidRequest}
   */
  public static Attribution of(String caller, String project, String env, String where) {
    return new Attribution(
        checked(caller, where + "caller"),
        checked(project, where + "project"),
        checked(env, where + "env"));
  }

  /**
   * The one spelling of a name: composed, without surrounding blanks. Null where it holds what does
   * not print: controls, marks of direction and of no width, fillers, halves of characters.
   */
  public static @Nullable String normal(String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    return normal.codePoints().allMatch(AttributionText::prints) ? normal : null;
  }

  private static boolean prints(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !blank(character);
    };
  }

  /** Letters and marks that show nothing: fillers, joiners, variation selectors. */
  private static boolean blank(int character) {
    return character == 0x034F
        || character == 0x115F
        || character == 0x1160
        || character == 0x17B4
        || character == 0x17B5
        || (character >= 0x180B && character <= 0x180F)
        || character == 0x2800
        || (character >= 0xFE00 && character <= 0xFE0F)
        || (character >= 0xE0100 && character <= 0xE01EF);
  }

  private static String checked(String text, String where) {
    String normal = normal(text);
    if (normal == null) {
      throw invalid(where, "a character that does not print");
    }
    if (normal.length() > MAX_LENGTH) {
      throw invalid(where, normal.length() + " characters");
    }
    return normal;
  }

  private static InferenceException invalid(String where, String found) {
    return new InferenceException(
        new InvalidRequest(
            where + ": " + found + " (expected: at most " + MAX_LENGTH + " printable characters)",
            where));
  }
}
