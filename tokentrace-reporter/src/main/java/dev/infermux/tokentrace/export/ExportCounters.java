package dev.infermux.tokentrace.export;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one export. The exporter's thread writes them, anyone reads. */
final class ExportCounters {
  private final LongAdder exported = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder waiting = new LongAdder();
  private final LongAdder failedBatches = new LongAdder();
  private final Map<DropReason, LongAdder> dropped = new ConcurrentHashMap<>();

  void waits() {
    waiting.increment();
  }

  void skipped() {
    skipped.increment();
  }

  void exported(int spans) {
    exported.add(spans);
    waiting.add(-spans);
  }

  void failedBatch() {
    failedBatches.increment();
  }

  /** A span that was never let in. */
  void turnedAway(DropReason reason) {
    drops(reason).increment();
  }

  /** Spans that were waiting. */
  void dropped(DropReason reason, int spans) {
    drops(reason).add(spans);
    waiting.add(-spans);
  }

  private LongAdder drops(DropReason reason) {
    return dropped.computeIfAbsent(reason, first -> new LongAdder());
  }

  long droppedInAll() {
    return dropped.values().stream().mapToLong(LongAdder::sum).sum();
  }

  ExportCounts read(String export) {
    Map<DropReason, Long> sums = new EnumMap<>(DropReason.class);
    dropped.forEach((reason, spans) -> sums.put(reason, spans.sum()));
    return new ExportCounts(
        export, exported.sum(), skipped.sum(), waiting.sum(), failedBatches.sum(), sums);
  }
}
