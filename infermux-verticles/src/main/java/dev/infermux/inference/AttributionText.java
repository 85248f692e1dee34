package dev.infermux.inference;

import dev.infermux.inference.Failure.InvalidRequest;

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

  private static String checked(String text, String where) {
    String trimmed = text.strip();
    if (trimmed.length() > MAX_LENGTH) {
      throw invalid(where, trimmed.length() + " characters");
    }
    for (int i = 0; i < trimmed.length(); i++) {
      char c = trimmed.charAt(i);
      if (Character.isISOControl(c) || !Character.isDefined(c)) {
        throw invalid(where, "a control character");
      }
    }
    return trimmed;
  }

  private static InferenceException invalid(String where, String found) {
    return new InferenceException(
        new InvalidRequest(
            where + ": " + found + " (expected: at most " + MAX_LENGTH + " printable characters)",
            where));
  }
}
