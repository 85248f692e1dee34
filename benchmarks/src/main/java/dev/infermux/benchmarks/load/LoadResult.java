package dev.infermux.benchmarks.load;

/**
 * What a run of the load generator saw in its measured part.
 *
 * @param seconds length of the measured part
 * @param requests answers (whole streams) that ended in it with status 200
 * @param events content events that arrived in it
 * @param openAtEnd streams open when it ended
 * @param errors what went wrong, the run-up included
 * @param latency from sending to the end of the answer
 * @param firstToken from sending to the first content event
 * @param eventDelay from the mock's writing of an event to its arrival here
 * @param lateness of the generator itself: from the moment a request was due to its sending over a
 *     free connection
 */
public record LoadResult(
    double seconds,
    long requests,
    long events,
    int openAtEnd,
    Errors errors,
    Summary latency,
    Summary firstToken,
    Summary eventDelay,
    Summary lateness) {

  /**
   * Failures by kind.
   *
   * @param status answers with another status than 200
   * @param lastStatus the last such status, 0 if none
   * @param connections refused, broken or not HTTP
   * @param streams streams that ended with another number of events or without {@code [DONE]}
   * @param unfinished requests without an answer when the grace time was over
   */
  public record Errors(
      long status, int lastStatus, long connections, long streams, long unfinished) {
    public long total() {
      return status + connections + streams + unfinished;
    }
  }
}
