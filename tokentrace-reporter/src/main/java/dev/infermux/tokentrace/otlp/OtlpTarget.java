package dev.infermux.tokentrace.otlp;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A collector and how to speak to it.
 *
 * @param endpoint its root
 * @param grpc over gRPC; else http/protobuf
 * @param gzip whether messages are compressed
 * @param timeout of one export
 */
public record OtlpTarget(
    URI endpoint,
    boolean grpc,
    boolean gzip,
    Map<String, String> headers,
    Duration timeout,
    OtlpRoute route) {

  public OtlpTarget {
    headers = Map.copyOf(headers);
  }

  /** Where HTTP posts to: the path is appended unless it stands there. */
  String url(String path) {
    String given = endpoint.toString().replaceAll("/+$", "");
    return given.endsWith(path) ? given : given + path;
  }

  /** In OpenTelemetry's words. */
  String compression() {
    return gzip ? "gzip" : "none";
  }
}
