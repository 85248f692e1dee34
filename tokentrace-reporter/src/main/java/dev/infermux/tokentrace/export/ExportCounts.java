package dev.infermux.tokentrace.export;

import java.util.Map;

/**
 * What became of the spans handed to one export.
 *
 * @param export its name: {@code otlp} or {@code tokentrace}
 * @param skipped spans that are none of its business: unsampled over OTLP, or without an operation
 *     for TokenTrace
 * @param waiting held or under way now
 * @param failedBatches attempts to send a batch that did not get all of it through
 */
public record ExportCounts(
    String export,
    long exported,
    long skipped,
    long waiting,
    long failedBatches,
    Map<DropReason, Long> dropped) {

  public ExportCounts {
    dropped = Map.copyOf(dropped);
  }

  /** Dropped for any reason. */
  public long droppedInAll() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }
}
