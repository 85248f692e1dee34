package dev.infermux.inference;

/**
 * A name that a provider gives: its model, a reason to end. Bounded, and without control
 * characters.
 */
public final class ReportedName {

  private static final int LONGEST = 256;

  private ReportedName() {}

  /** The name as it may stand in records, events, headers and logs; the same where it is sane. */
  public static String of(String name) {
    boolean sane = name.length() <= LONGEST;
    for (int i = 0; sane && i < name.length(); i++) {
      sane = !Character.isISOControl(name.charAt(i));
    }
    if (sane) {
      return name;
    }
    StringBuilder clean = new StringBuilder(Shortened.beginning(name, LONGEST));
    for (int i = 0; i < clean.length(); i++) {
      clean.setCharAt(i, Character.isISOControl(clean.charAt(i)) ? ' ' : clean.charAt(i));
    }
    return clean.toString();
  }
}
