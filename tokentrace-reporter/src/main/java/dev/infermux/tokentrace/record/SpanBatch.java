package dev.infermux.tokentrace.record;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;

/**
 * Encoded spans of one source as OTLP's {@code ExportTraceServiceRequest}: what stands around them
 * is made once, and the spans themselves are not copied.
 */
public final class SpanBatch {
  private static final int RESOURCE_SPANS = 1;
  private static final int RESOURCE = 1;
  private static final int RESOURCE_ATTRIBUTES = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SCHEMA_URL = 3;
  private static final int SCOPE = 1;
  private static final int SCOPE_NAME = 1;
  private static final int SCOPE_VERSION = 2;

  private final byte[] resource;
  private final byte[] scope;

  private SpanBatch(byte[] resource, byte[] scope) {
    this.resource = resource;
    this.scope = scope;
  }

  /** What stands around the spans of a source. */
  public static SpanBatch of(SpanSource source) {
    return new SpanBatch(resource(source.resource()), scope(source.scope()));
  }

  private static byte[] resource(Resource resource) {
    ProtoOutput out = new ProtoOutput();
    AttributeEncoder attributes = new AttributeEncoder(out);
    attributes.begin(RESOURCE_ATTRIBUTES);
    attributes.putAll(resource.getAttributes());
    byte[] field = out.asField(RESOURCE);
    out.reset();
    out.raw(field);
    String schema = resource.getSchemaUrl();
    if (schema != null) {
      out.text(SCHEMA_URL, schema);
    }
    return out.content();
  }

  private static byte[] scope(InstrumentationScopeInfo scope) {
    ProtoOutput out = new ProtoOutput();
    out.text(SCOPE_NAME, scope.getName());
    String version = scope.getVersion();
    if (version != null) {
      out.text(SCOPE_VERSION, version);
    }
    return out.asField(SCOPE);
  }

  /**
   * What stands before spans of this length in all.
   *
   * @param spansLength of the spans as {@link EndedSpan#encoded} has them
   */
  public byte[] head(int spansLength) {
    int scopeLength = scope.length + spansLength;
    int scopeField = ProtoOutput.sizeOfContent(SCOPE_SPANS, scopeLength);
    ProtoOutput out = new ProtoOutput();
    out.begin(RESOURCE_SPANS, resource.length + scopeField);
    out.raw(resource);
    out.begin(SCOPE_SPANS, scopeLength);
    out.raw(scope);
    return out.content();
  }
}
