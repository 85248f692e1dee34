package dev.infermux.inbound.grpc;

import dev.infermux.v1.InferRequest;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;

/**
 * Reads requests. One that is no message of its type is a caller's mistake; left to itself
 * grpc-java ends its RPC as the application's, with a stack trace in the log.
 */
final class ReadRequests {

  /** In the place of a request that cannot be read; known by its identity. */
  static final InferRequest UNREADABLE = InferRequest.newBuilder().build();

  private ReadRequests() {}

  /** The method with requests that are {@code unreadable} where they cannot be read. */
  static <Q, R> MethodDescriptor<Q, R> of(MethodDescriptor<Q, R> method, Q unreadable) {
    Marshaller<Q> plain = method.getRequestMarshaller();
    Marshaller<Q> reading =
        new Marshaller<>() {
          @Override
          public InputStream stream(Q request) {
            return plain.stream(request);
          }

          @Override
          public Q parse(InputStream bytes) {
            try {
              return plain.parse(bytes);
            } catch (StatusRuntimeException broken) {
              return unreadable;
            }
          }
        };
    return method.toBuilder(reading, method.getResponseMarshaller()).build();
  }
}
