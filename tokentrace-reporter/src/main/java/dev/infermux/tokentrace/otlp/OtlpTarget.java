package dev.infermux.tokentrace.otlp;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A collector and how to speak to it.
 *
 * @param endpoint its root
 * @param grpc over gRPC; else http/protobuf
 * @param gzip whether messages are compressed
 * @param timeout of one attempt
 */
public record OtlpTarget(
    URI endpoint, boolean grpc, boolean gzip, Map<String, String> headers, Duration timeout) {

  public OtlpTarget {
    headers = Map.copyOf(headers);
  }

  OtlpChannel open(Vertx vertx, Signal signal) {
    return grpc ? new OtlpGrpc(vertx, this, signal) : new OtlpHttp(vertx, this, signal);
  }
}
