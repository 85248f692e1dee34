package dev.infermux.inference;

/**
 * Keeps the bytes of a call's whole answer in the account of memory until its caller has taken
 * them. Whoever gathers an answer takes the room for it; what is kept is not given back in between.
 * Safe on any thread.
 */
@FunctionalInterface
public interface AnswerBytes {

  /**
   * So many bytes, which are in the account, are this call's to give back.
   *
   * @return false where they are not: whoever took them gives them back
   */
  boolean keep(long bytes);

  /**
   * Holds just so many bytes from now on: those of the answer as it is handed on, which may have
   * been made in this process or translated. A caller whose answers do not count has room for all.
   *
   * @return false, and nothing changes, when there is no room for more
   */
  default boolean holds(long bytes) {
    return true;
  }

  /** The same for a whole answer, which a listener may write in another form than it came in. */
  default boolean holdsAll(Answer answer) {
    return holds(answer.bytes().length());
  }
}
