package dev.infermux.events.metrics;

import dev.infermux.time.Ticker;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The metrics of one InferMux in one format. Thread-safe. */
final class Exposition {

  /** Bytes of a text that an event loop may make; more takes it too long. */
  static final int SHORT = 64 * 1024;

  private final TextFormat format;
  private final FamilyRegistry registry;
  private final Ticker ticker;
  private final JvmFacts jvm;

  /** What the last text was made in, for the next one. */
  private final AtomicReference<@Nullable TextBytes> spare = new AtomicReference<>();

  private volatile int lastLength = Integer.MAX_VALUE;

  Exposition(TextFormat format, FamilyRegistry registry, Ticker ticker) {
    this.format = format;
    this.registry = registry;
    this.ticker = ticker;
    this.jvm = new JvmFacts(format, ticker);
  }

  boolean quick() {
    return lastLength <= SHORT && jvm.fresh();
  }

  Rendering begin(Slices slices) {
    TextBytes used = spare.getAndSet(null);
    TextBytes text = used == null ? new TextBytes(16 * 1024) : used;
    text.cut(0);
    return new Rendering(this, registry.families(), new SampleText(text, slices), jvm.text());
  }

  TextFormat format() {
    return format;
  }

  Ticker ticker() {
    return ticker;
  }

  /** {@code text} is used again after this. */
  MetricsText end(TextBytes text) {
    text.add(format.end());
    MetricsText ended = new MetricsText(format.contentType(), text.buffer());
    lastLength = text.length();
    spare.set(text);
    return ended;
  }
}
