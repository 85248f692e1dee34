package dev.infermux.events.metrics;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * What is true of the JVM as a whole. The library keeps every registry that it was given for ever,
 * and a listener of the collector with it: so it is given one in the life of the process, and the
 * registry of each InferMux reads that one. It is made when somebody first reads, and not while a
 * server starts.
 */
final class JvmFacts {

  private JvmFacts() {}

  static void register(PrometheusRegistry registry) {
    MultiCollector process = () -> OfProcess.REGISTRY.scrape();
    registry.register(process);
  }

  /** Initialized at the first read. */
  private static final class OfProcess {

    private static final PrometheusRegistry REGISTRY = new PrometheusRegistry();

    static {
      JvmMetrics.builder().register(REGISTRY);
    }

    private OfProcess() {}
  }
}
