package dev.infermux.mist;

import dev.infermux.mist.json.JsonProblem;
import java.util.regex.Pattern;

/** The protocol versions that this library speaks. */
public final class MistVersions {

  /** Written into every new envelope. */
  public static final String CURRENT = "1";

  public static final VersionRange SUPPORTED = new VersionRange(1, 1);

  private static final Pattern INTEGER = Pattern.compile("-?\\d+");
  private static final Pattern SMALL = Pattern.compile("-?\\d{1,9}");

  private MistVersions() {}

  /** Negotiates with a peer's range, such as {@code "1-3"}; throws {@link MistException}. */
  public static String negotiate(String peer) {
    return negotiate(SUPPORTED, VersionRange.parse(peer));
  }

  /** The highest version that both ranges hold; throws {@link MistException} when there is none. */
  public static String negotiate(VersionRange ours, VersionRange theirs) {
    return Integer.toString(ours.highestCommon(theirs));
  }

  /** Throws {@link MistException} unless the version of a message can be read. */
  public static void check(String version) {
    if (version.equals(CURRENT)) {
      return;
    }
    if (!INTEGER.matcher(version).matches()) {
      throw refused(version, "is not an integer");
    }
    if (version.startsWith("-") || (SMALL.matcher(version).matches() && tooOld(version))) {
      throw refused(version, "is too old");
    }
    if (!SMALL.matcher(version).matches() || !SUPPORTED.contains(Integer.parseInt(version))) {
      throw refused(version, "is too new");
    }
  }

  private static boolean tooOld(String version) {
    return Integer.parseInt(version) < SUPPORTED.min();
  }

  private static MistException refused(String version, String why) {
    return MistException.invalid(
        "version", JsonProblem.shown(version) + " " + why, SUPPORTED.toString());
  }
}
