package dev.infermux.config.tree;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a misspelt name was meant to be, by Jaro-Winkler similarity: like an edit distance it
 * counts what differs, but relative to the length and kinder to the beginning of a word, where
 * people rarely slip. {@code retries} is thus nearer to {@code rate_limits} than to {@code type}.
 */
public final class KeySuggestion {
  private static final double NEAR = 0.68;
  private static final double PREFIX_WEIGHT = 0.1;
  private static final int PREFIX_MAX = 4;

  private KeySuggestion() {}

  public static Optional<String> to(String name, List<String> known) {
    return known.stream()
        .filter(candidate -> !candidate.equals(name))
        .filter(candidate -> similarity(name, candidate) >= NEAR)
        .max(Comparator.comparingDouble(candidate -> similarity(name, candidate)));
  }

  /** 0 = nothing in common, 1 = the same. */
  static double similarity(String left, String right) {
    double jaro = jaro(left, right);
    int prefix = 0;
    int max = Math.min(PREFIX_MAX, Math.min(left.length(), right.length()));
    while (prefix < max && left.charAt(prefix) == right.charAt(prefix)) {
      prefix++;
    }
    return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
  }

  private static double jaro(String left, String right) {
    int reach = Math.max(0, Math.max(left.length(), right.length()) / 2 - 1);
    boolean[] taken = new boolean[right.length()];
    StringBuilder common = new StringBuilder();
    for (int i = 0; i < left.length(); i++) {
      int match = match(left.charAt(i), right, taken, i - reach, i + reach);
      if (match >= 0) {
        taken[match] = true;
        common.append(left.charAt(i));
      }
    }
    if (common.isEmpty()) {
      return 0;
    }
    double matches = common.length();
    double swaps = misplaced(common, right, taken) / 2.0;
    return (matches / left.length() + matches / right.length() + (matches - swaps) / matches) / 3;
  }

  private static int match(char c, String text, boolean[] taken, int from, int to) {
    for (int i = Math.max(0, from); i <= Math.min(text.length() - 1, to); i++) {
      if (!taken[i] && text.charAt(i) == c) {
        return i;
      }
    }
    return -1;
  }

  private static int misplaced(CharSequence common, String text, boolean[] taken) {
    int misplaced = 0;
    int next = 0;
    for (int i = 0; i < text.length(); i++) {
      if (taken[i] && text.charAt(i) != common.charAt(next++)) {
        misplaced++;
      }
    }
    return misplaced;
  }
}
