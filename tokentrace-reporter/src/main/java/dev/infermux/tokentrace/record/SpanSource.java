package dev.infermux.tokentrace.record;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;

/** Who makes the spans of a reporter: the same for all of them. */
public record SpanSource(Resource resource, InstrumentationScopeInfo scope) {

  private static final String SCOPE = "dev.infermux.tokentrace";

  /** The service as OpenTelemetry's resource, and this module as the instrumentation. */
  public static SpanSource of(String serviceName, String serviceVersion) {
    Attributes service =
        Attributes.of(
            AttributeKey.stringKey("service.name"), serviceName,
            AttributeKey.stringKey("service.version"), serviceVersion);
    return new SpanSource(
        Resource.getDefault().merge(Resource.create(service)),
        InstrumentationScopeInfo.builder(SCOPE).setVersion(serviceVersion).build());
  }
}
