package dev.infermux.inference;

/**
 * The pieces of content that a stream brought, whatever they carry.
 *
 * @param count how many events had content
 * @param nanos from the first of them to the last
 */
public record Chunks(long count, long nanos) {

  /** Of a whole answer, and of a stream without content. */
  public static final Chunks NONE = new Chunks(0, 0);

  /** Whether there is a time between two of them. */
  public boolean several() {
    return count > 1;
  }

  /** The mean time from one to the next; of several. */
  public double meanNanos() {
    return (double) nanos / (count - 1);
  }
}
