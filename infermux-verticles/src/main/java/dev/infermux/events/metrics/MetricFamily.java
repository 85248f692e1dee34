package dev.infermux.events.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A metric as text: what is said of it before its samples is made once, its samples at each scrape.
 */
final class MetricFamily {

  private static final Logger LOG = LoggerFactory.getLogger(MetricFamily.class);

  private final String metric;
  private final Collector collector;
  private final Map<TextFormat, Kept> kept = new ConcurrentHashMap<>();
  private volatile @Nullable SampleSource source;

  /** What is said of it in one format. */
  private record Kept(TextPiece heading, String name) {}

  MetricFamily(String metric, Collector collector) {
    this.metric = metric;
    this.collector = collector;
  }

  /** Its samples come from there instead of the library. */
  void from(SampleSource samples) {
    source = samples;
  }

  /**
   * Writes nothing of a metric without samples, or of a broken one: that must not cost the rest.
   */
  void write(TextFormat format, SampleText samples) {
    int begun = samples.out().length();
    try {
      samples(format, samples);
    } catch (RuntimeException | Error e) {
      samples.out().cut(begun);
      LOG.warn("metric {} has no value: {}", metric, e.toString());
    }
  }

  private void samples(TextFormat format, SampleText samples) {
    SampleSource own = source;
    Kept known = kept.get(format);
    if (known != null && own != null) {
      int begun = samples.out().length();
      samples.out().add(known.heading());
      int headed = samples.out().length();
      own.write(known.name(), samples);
      if (samples.out().length() == headed) {
        samples.out().cut(begun);
      }
      return;
    }
    MetricSnapshot now = collector.collect();
    if (now.getDataPoints().isEmpty()) {
      return;
    }
    known = known == null ? known(format, now) : known;
    if (known != null) {
      samples.out().add(known.heading());
      samples.write(known.name(), now);
    }
  }

  private @Nullable Kept known(TextFormat format, MetricSnapshot now) {
    TextFormat.Heading heading = format.heading(now);
    if (heading == null) {
      return null;
    }
    Kept made = new Kept(TextPiece.of(heading.text()), heading.name());
    kept.put(format, made);
    return made;
  }
}
