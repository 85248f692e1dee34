package dev.infermux.events.metrics;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;

/** One of Prometheus' metrics as OpenTelemetry exports it. */
record RegistryMetric(Resource resource, String name, String description, Data<?> data)
    implements MetricData {

  private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("infermux");

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return SCOPE;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getDescription() {
    return description;
  }

  @Override
  public String getUnit() {
    return "";
  }

  @Override
  public MetricDataType getType() {
    if (data instanceof HistogramData) {
      return MetricDataType.HISTOGRAM;
    }
    return data instanceof GaugeData<?> ? MetricDataType.DOUBLE_GAUGE : MetricDataType.DOUBLE_SUM;
  }

  @Override
  public Data<?> getData() {
    return data;
  }
}
