package dev.infermux.dialect.chat;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a translation leaves out, by the caller's names for it. What is left out is told; where that
 * would change what is asked, the translation is refused.
 */
public final class Losses {

  /** More would make a header that no proxy takes. */
  private static final int MOST = 32;

  private final Set<String> dropped = new LinkedHashSet<>();

  /** Notes a field of the caller's that the other side has no place for. */
  public void drop(String field) {
    if (dropped.size() < MOST) {
      dropped.add(field);
    }
  }

  /** Notes that a field has found its place after all. */
  public void carried(String field) {
    dropped.remove(field);
  }

  /** The names of all that was left out, in order, each once. */
  public List<String> dropped() {
    return new ArrayList<>(dropped);
  }

  /**
   * Refuses to leave something out; another provider may still be asked.
   *
   * @param field the caller's name for it
   * @param why such as {@code no audio in messages of type anthropic}
   */
  public static InferenceException refused(String field, String why) {
    return new InferenceException(new Failure.Untranslatable(field + ": " + why, field));
  }
}
