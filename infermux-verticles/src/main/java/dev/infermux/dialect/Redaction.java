package dev.infermux.dialect;

import dev.infermux.inference.Secret;
import dev.infermux.inference.Shortened;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a provider's words fit for a caller: no key, no markup, no control characters, short. */
final class Redaction {

  private static final int LONGEST = 1_000;

  /** What is looked at: a key at its end is not seen whole, and is cut off with the rest. */
  private static final int LOOKED_AT = 4 * LONGEST;

  private static final String MASK = "****";

  /** Below so many characters a credential is masked where it is a word of its own alone. */
  private static final int SHORTEST = 8;

  /**
   * Keys by their usual prefixes, bearer tokens, and anything that is already half masked. That is
   * looked for from the beginning of a word alone, or a long word would be read from each of its
   * letters.
   */
  private static final Pattern KEY =
      Pattern.compile(
          "(?<![^\\s'\"`])[^\\s'\"`*]*+(?:\\*{1,2}+[^\\s'\"`*]++)*+"
              + "\\*{3,}+[^\\s'\"`,;)]*+"
              + "|\\b(?:sk|pk|rk|gsk|xai|hf|pplx|r8|key|nvapi|ghp|glpat)[-_][\\w*.-]{6,}"
              + "|\\b(?:AIza|ya29\\.|AKIA)[\\w-]{12,}"
              + "|\\beyJ[\\w-]{6,}\\.eyJ[\\w-]{6,}\\.[\\w-]*"
              + "|(?i:\\bbearer\\s+)\\S+");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private Redaction() {}

  /** The text without {@code credential}, and without whatever looks like one. */
  public static String clean(String text, @Nullable Secret credential) {
    String plain = CONTROL.matcher(Shortened.beginning(text, LOOKED_AT)).replaceAll(" ").strip();
    plain = masked(credential == null ? plain : without(credential.reveal(), plain));
    return plain.length() > LONGEST ? Shortened.beginning(plain, LONGEST) + "…" : plain;
  }

  /** A short one, such as {@code any} for a server that wants none, is a part of many words. */
  private static String without(String credential, String plain) {
    if (credential.isEmpty()) {
      return plain;
    }
    String whole = "(?<![\\w-])" + Pattern.quote(credential) + "(?![\\w-])";
    return credential.length() < SHORTEST
        ? plain.replaceAll(whole, MASK)
        : plain.replace(credential, MASK);
  }

  /** The text with a mask in the place of each key. */
  static String masked(CharSequence text) {
    return KEY.matcher(text).replaceAll(MASK);
  }
}
