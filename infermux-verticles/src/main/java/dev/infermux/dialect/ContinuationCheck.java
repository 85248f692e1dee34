package dev.infermux.dialect;

/**
 * Compares the text that a second provider writes with the text that the caller has read, and holds
 * it back until it is clear whether it goes on from there.
 *
 * <p>What repeats the end of the text already sent is left out. An answer that begins anew and then
 * differs is refused, so that a caller never reads a spliced answer. Time is linear in the text.
 */
public final class ContinuationCheck {

  /** How far back from the end a repetition may begin, in characters. */
  private static final int LONGEST_REPEAT = 1_000;

  /** A repetition of so many characters is one, whatever they are. */
  private static final int CERTAIN_REPEAT = 8;

  /** An answer that begins like the first one for so many characters begins anew. */
  private static final int CERTAIN_RESTART = 12;

  private static final int LEAST_RESTART = 3;

  private final String sent;
  private final boolean restarted;
  private final StringBuilder held = new StringBuilder();

  /** Positions in the sent text from which the held text still repeats it, ascending. */
  private int[] repeats;

  private int repeatCount;

  /** The longest repetition that reached the end of the sent text. */
  private int complete;

  /** How far the held text begins like the sent one. */
  private int restart;

  private boolean decided;
  private boolean refused;

  /**
   * Checks the rest of a text.
   *
   * @param sent what the caller has read
   * @param restarted whether the second provider was asked the original request, so that its answer
   *     must begin with the whole of the sent text
   */
  public ContinuationCheck(String sent, boolean restarted) {
    this.sent = sent;
    this.restarted = restarted;
    int from = restarted ? sent.length() : Math.max(1, sent.length() - LONGEST_REPEAT);
    decided = sent.isEmpty();
    repeats = new int[1 + sent.length() - Math.min(from, sent.length())];
    repeats[repeatCount++] = 0;
    for (int at = from; at < sent.length(); at++) {
      repeats[repeatCount++] = at;
    }
  }

  /** Whether the text does not go on from the one that was sent. */
  public boolean refused() {
    return refused;
  }

  /** What the caller may read of it now; empty while that is not clear. */
  public String pass(String added) {
    if (decided) {
      return refused ? "" : added;
    }
    int from = held.length();
    held.append(added);
    for (int at = from; at < held.length() && repeatCount > 0; at++) {
      compare(at);
    }
    return repeatCount > 0 || held.isEmpty() ? "" : decide();
  }

  /** The text has ended: what the caller may still read of it. */
  public String end() {
    return decided ? "" : decide();
  }

  private void compare(int at) {
    char next = held.charAt(at);
    int kept = 0;
    for (int i = 0; i < repeatCount; i++) {
      int start = repeats[i];
      if (sent.charAt(start + at) != next) {
        continue;
      }
      if (start == 0) {
        restart = at + 1;
      }
      if (start + at + 1 == sent.length()) {
        complete = Math.max(complete, at + 1);
      } else {
        repeats[kept++] = start;
      }
    }
    repeatCount = kept;
  }

  private String decide() {
    decided = true;
    int dropped = restarted ? restartedAfter() : continuedAfter();
    refused = dropped < 0;
    String shown = refused ? "" : held.substring(dropped);
    held.setLength(0);
    repeats = new int[0];
    return shown;
  }

  private int restartedAfter() {
    return complete == sent.length() ? complete : -1;
  }

  /** How much of the held text was sent already; negative when it does not go on from there. */
  private int continuedAfter() {
    if (complete > 0 && repeated(complete)) {
      return complete;
    }
    int certain = Math.min(CERTAIN_RESTART, Math.max(LEAST_RESTART, (sent.length() + 1) / 2));
    if (restart >= certain || beginsSentence()) {
      return -1;
    }
    return space();
  }

  /** Single letters and digits repeat by chance; a word that is broken off and begun again not. */
  private boolean repeated(int length) {
    if (length >= CERTAIN_REPEAT
        || length == sent.length()
        || held.substring(0, length).isBlank()) {
      return true;
    }
    return length >= 2
        && held.substring(0, length).chars().anyMatch(Character::isLetter)
        && !Character.isWhitespace(held.charAt(0));
  }

  /** A capital right after a small letter is the beginning of another answer. */
  private boolean beginsSentence() {
    return !held.isEmpty()
        && !sent.isEmpty()
        && Character.isUpperCase(held.charAt(0))
        && Character.isLowerCase(sent.charAt(sent.length() - 1));
  }

  /** The white space at the end of the sent text, which the second provider was not told. */
  private int space() {
    int from = sent.stripTrailing().length();
    int same = 0;
    while (same < Math.min(held.length(), sent.length() - from)
        && held.charAt(same) == sent.charAt(from + same)) {
      same++;
    }
    return same;
  }
}
