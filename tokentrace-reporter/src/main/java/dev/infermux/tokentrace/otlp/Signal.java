package dev.infermux.tokentrace.otlp;

/** What OTLP carries, and where each kind goes. */
enum Signal {
  TRACES("/v1/traces", "opentelemetry.proto.collector.trace.v1.TraceService"),
  METRICS("/v1/metrics", "opentelemetry.proto.collector.metrics.v1.MetricsService");

  private final String path;
  private final String service;

  Signal(String path, String service) {
    this.path = path;
    this.service = service;
  }

  String path() {
    return path;
  }

  String service() {
    return service;
  }
}
