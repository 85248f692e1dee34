package dev.infermux.events.metrics;

import dev.infermux.time.Ticker;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

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

  private final Ticker ticker;
  private final Map<TextFormat, Told> told = new HashMap<>();

  /** The text of a moment. */
  private record Told(long nanos, TextPiece text) {}

  JvmFacts(Ticker ticker) {
    this.ticker = ticker;
  }

  static void register(PrometheusRegistry registry) {
    MultiCollector process = () -> OfProcess.REGISTRY.scrape();
    registry.register(process);
  }

  /** Used by one thread at a time. */
  void write(TextFormat format, SampleText samples) {
    Told last = told.get(format);
    if (last != null && ticker.nanos() - last.nanos() < MOST_AGE.toNanos()) {
      samples.out().add(last.text());
      return;
    }
    int from = samples.out().length();
    OfProcess.REGISTRY.write(format, samples);
    told.put(format, new Told(ticker.nanos(), samples.out().piece(from)));
  }

  /** Initialized at the first read. */
  private static final class OfProcess {
    private static final FamilyRegistry REGISTRY = new FamilyRegistry();

    static {
      JvmMetrics.builder().register(REGISTRY);
    }
  }
}
