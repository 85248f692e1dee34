package dev.infermux.mist;

import dev.infermux.mist.json.JsonProblem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The protocol versions one side can speak, both ends included. */
public record VersionRange(int min, int max) {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  public VersionRange {
    if (min > max) {
      throw invalid(min + "-" + max);
    }
  }

  /** Reads {@code "1-3"} or {@code "2"}; throws {@link MistException} for anything else. */
  public static VersionRange parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw invalid(text);
    }
    int min = Integer.parseInt(matcher.group(1));
    return new VersionRange(
        min, matcher.group(2) == null ? min : Integer.parseInt(matcher.group(2)));
  }

  public boolean contains(int version) {
    return min <= version && version <= max;
  }

  /** The highest version both sides speak; throws {@link MistException} when there is none. */
  public int highestCommon(VersionRange other) {
    int highest = Math.min(max, other.max);
    if (highest < Math.max(min, other.min)) {
      throw new MistException(
          MistErrorCode.PROTOCOL,
          "version range: \"" + other + "\" (expected: one that meets \"" + this + "\")");
    }
    return highest;
  }

  @Override
  public String toString() {
    return min == max ? Integer.toString(min) : min + "-" + max;
  }

  private static MistException invalid(String text) {
    return MistException.invalid(
        "version range", JsonProblem.shown(text), "\"2\", or \"1-3\" with the lower version first");
  }
}
