package dev.infermux.events.metrics;

import dev.infermux.time.Ticker;
import java.util.Iterator;

/** The text of all metrics while it is made. Used by one thread at a time. */
public final class Rendering {

  private final Exposition exposition;
  private final Iterator<MetricFamily> families;
  private final SampleText samples;
  private final TextPiece jvm;

  /** {@code jvm} comes at the end. */
  Rendering(
      Exposition exposition, Iterator<MetricFamily> families, SampleText samples, TextPiece jvm) {
    this.exposition = exposition;
    this.families = families;
    this.samples = samples;
    this.jvm = jvm;
  }

  /** Writes metrics for some 0.02 ms, one at least; false when there are no more. */
  public boolean slice() {
    Ticker ticker = exposition.ticker();
    long begun = ticker.nanos();
    while (families.hasNext() && ticker.nanos() - begun < Slices.SLICE_NANOS) {
      families.next().write(exposition.format(), samples);
    }
    return families.hasNext();
  }

  /** What was written, and what is known of the JVM. Asked once, at the end. */
  public MetricsText text() {
    samples.out().add(jvm);
    return exposition.end(samples.out());
  }
}
