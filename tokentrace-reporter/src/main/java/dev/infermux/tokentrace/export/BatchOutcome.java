package dev.infermux.tokentrace.export;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a batch at one attempt; what is neither rejected nor to be tried again was taken.
 *
 * @param rejected refused for good
 * @param again worth another attempt
 * @param pauseMillis how long the collector asked to be left alone; 0 = it did not
 * @param problem why anything failed; empty when nothing did
 */
public record BatchOutcome<T>(int rejected, List<T> again, long pauseMillis, String problem) {

  public BatchOutcome {
    again = List.copyOf(again);
  }

  public static <T> BatchOutcome<T> taken() {
    return new BatchOutcome<>(0, List.of(), 0, "");
  }

  public static <T> BatchOutcome<T> refused(int spans, String problem) {
    return new BatchOutcome<>(spans, List.of(), 0, problem);
  }

  public static <T> BatchOutcome<T> later(List<T> batch, long pauseMillis, String problem) {
    return new BatchOutcome<>(0, batch, pauseMillis, problem);
  }

  /** Of a batch that was sent in parts. */
  public static <T> BatchOutcome<T> sum(List<BatchOutcome<T>> parts) {
    int rejected = 0;
    List<T> again = new ArrayList<>();
    long pauseMillis = 0;
    String problem = "";
    for (BatchOutcome<T> part : parts) {
      rejected += part.rejected;
      again.addAll(part.again);
      pauseMillis = Math.max(pauseMillis, part.pauseMillis);
      problem = part.problem.isEmpty() ? problem : part.problem;
    }
    return new BatchOutcome<>(rejected, again, pauseMillis, problem);
  }
}
