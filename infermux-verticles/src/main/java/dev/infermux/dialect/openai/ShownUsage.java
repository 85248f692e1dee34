package dev.infermux.dialect.openai;

import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonSlice;
import org.jspecify.annotations.Nullable;

/**
 * The usage that the caller of a stream is shown: in one chunk, after all others, whatever chunks
 * the provider reports it in and how often.
 */
final class ShownUsage {

  private final ChunkRepair repair;
  private final HeldChunk own = new HeldChunk();
  private @Nullable UsageReport report;
  private @Nullable Usage counted;
  private boolean untouched;

  ShownUsage(ChunkRepair repair) {
    this.repair = repair;
  }

  /**
   * The provider reports.
   *
   * @param chunk the one that has the usage and no choice; else null
   * @param sound whether that chunk can be shown as it came
   * @param usage what is counted by now; null = nothing
   */
  void reported(@Nullable Frame chunk, boolean sound, JsonSlice spelled, @Nullable Usage usage) {
    if (usage == null && counted != null) {
      // It counts nothing, after one that did.
      return;
    }
    UsageReport later = new UsageReport(spelled);
    report = later.after(report);
    counted = usage;
    untouched = chunk != null && sound && later.isUntouched();
    if (chunk != null) {
      own.hold(chunk);
    }
  }

  void write(FrameWriter out) {
    if (report == null || report.isEmpty(counted)) {
      return;
    }
    if (untouched) {
      own.release(out);
    } else {
      out.write(repair.usageChunk(own.take(), report, counted));
    }
  }
}
