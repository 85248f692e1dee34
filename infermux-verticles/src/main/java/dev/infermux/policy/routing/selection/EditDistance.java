package dev.infermux.policy.routing.selection;

/** Levenshtein's distance, for suggestions in messages. */
final class EditDistance {

  private static final int LONGEST = 256;

  private EditDistance() {}

  /** Insertions, deletions and substitutions between two names; long names are cut first. */
  static int between(String left, String right) {
    String a = left.substring(0, Math.min(left.length(), LONGEST));
    String b = right.substring(0, Math.min(right.length(), LONGEST));
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
