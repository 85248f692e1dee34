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
}
