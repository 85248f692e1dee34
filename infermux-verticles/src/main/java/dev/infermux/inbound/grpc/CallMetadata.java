package dev.infermux.inbound.grpc;

import io.grpc.Metadata;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** What a caller sends beside its request, by the names that HTTP's headers have. */
final class CallMetadata {

  static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");
  static final CharSequence TRACESTATE = HttpHeaders.createOptimized("tracestate");

  private CallMetadata() {}

  /** The metadata as headers; binary values are left out, since no header of ours is one. */
  static MultiMap headers(Metadata metadata) {
    MultiMap headers = HttpHeaders.headers();
    for (String name : metadata.keys()) {
      if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        Iterable<String> values =
            metadata.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
        if (values != null) {
          headers.add(name, values);
        }
      }
    }
    return headers;
  }
}
