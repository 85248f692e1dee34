package dev.infermux.events.metrics;

import dev.infermux.time.Ticker;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is true of the JVM and its process as a whole. The library keeps every registry that it was
 * given for ever, and a listener of the collector with it: so it is given one in the life of the
 * process, and the registry of each InferMux reads that one. It is made when somebody first reads,
 * and not while a server starts.
 *
 * <p>To read them stops the JVM to look for deadlocks, and asks the kernel for each open file: so a
 * scrape within five seconds of another one gets the text that is there.
 */
final class JvmFacts {

  /** So old the text may be. */
  static final Duration MOST_AGE = Duration.ofSeconds(5);

  private final TextFormat format;
  private final Ticker ticker;
  private volatile @Nullable Told told;

  /** The text of a moment. */
  private record Told(long nanos, TextPiece text) {}

  JvmFacts(TextFormat format, Ticker ticker) {
    this.format = format;
    this.ticker = ticker;
  }

  static void register(PrometheusRegistry registry) {
    MultiCollector process = () -> OfProcess.REGISTRY.scrape();
    registry.register(process);
  }

  /** Whether the text that is there will do. */
  boolean fresh() {
    Told last = told;
    return last != null && fresh(last);
  }

  private boolean fresh(Told last) {
    return ticker.nanos() - last.nanos() < MOST_AGE.toNanos();
  }

  TextPiece text() {
    Told last = told;
    if (last != null && fresh(last)) {
      return last.text();
    }
    TextBytes text = new TextBytes(16 * 1024);
    OfProcess.REGISTRY.write(format, new SampleText(text, Slices.NONE));
    Told now = new Told(ticker.nanos(), text.piece(0));
    told = now;
    return now.text();
  }

  /** Initialized at the first read. */
  private static final class OfProcess {
    private static final FamilyRegistry REGISTRY = new FamilyRegistry();

    static {
      JvmMetrics.builder().register(REGISTRY);
    }
  }
}
