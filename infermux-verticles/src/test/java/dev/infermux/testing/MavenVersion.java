package dev.infermux.testing;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A version of a library, ordered as Maven orders them as far as releases are written. */
public record MavenVersion(String text) implements Comparable<MavenVersion> {

  /** What comes before a release, in its order; the release itself is the empty one. */
  private static final List<String> BEFORE =
      List.of("alpha", "beta", "milestone", "m", "rc", "cr", "snapshot");

  private static final List<String> RELEASE =
      List.of("", "final", "ga", "release", "jre", "android");

  @Override
  public int compareTo(MavenVersion other) {
    List<String> ours = parts(text);
    List<String> others = parts(other.text);
    for (int i = 0; i < Math.max(ours.size(), others.size()); i++) {
      int order = order(part(ours, i), part(others, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static List<String> parts(String version) {
    return Stream.of(version.toLowerCase(Locale.ROOT).split("[.-]|(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)"))
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static String part(List<String> parts, int index) {
    return index < parts.size() ? parts.get(index) : "";
  }

  private static int order(String one, String other) {
    boolean numbers = number(one) && number(other);
    return numbers
        ? Long.compare(Long.parseLong(one), Long.parseLong(other))
        : Long.compare(rank(one), rank(other));
  }

  private static boolean number(String part) {
    return !part.isEmpty() && Character.isDigit(part.charAt(0));
  }

  /** A number beside a word or nothing: a zero is nothing. */
  private static long rank(String part) {
    if (number(part)) {
      return Long.parseLong(part) == 0 ? 0 : 1;
    }
    if (RELEASE.contains(part)) {
      return 0;
    }
    int before = BEFORE.indexOf(part);
    return before < 0 ? 1 : before - BEFORE.size();
  }
}
