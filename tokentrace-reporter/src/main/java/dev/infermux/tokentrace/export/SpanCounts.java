package dev.infermux.tokentrace.export;

import java.util.List;
import java.util.Map;

/**
 * What became of every span. For each export, {@code ended = waiting + all dropped here} plus its
 * own exported, skipped, waiting and dropped; exact once the reporter is closed, and a moment apart
 * while it runs.
 *
 * @param waiting not yet taken by the exporter's thread
 * @param dropped before any export saw them
 */
public record SpanCounts(
    long ended, long waiting, Map<DropReason, Long> dropped, List<ExportCounts> exports) {

  private static final SpanCounts NONE = new SpanCounts(0, 0, Map.of(), List.of());

  public SpanCounts {
    dropped = Map.copyOf(dropped);
    exports = List.copyOf(exports);
  }

  /** Of a reporter that is off. */
  public static SpanCounts none() {
    return NONE;
  }
}
