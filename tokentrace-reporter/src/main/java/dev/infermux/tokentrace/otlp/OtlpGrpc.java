package dev.infermux.tokentrace.otlp;

import dev.infermux.tokentrace.http.Poster;
import dev.infermux.tokentrace.http.Reply;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * OTLP over gRPC: one unary call, which on the wire is a POST over HTTP/2 whose body is a length
 * and a message and whose verdict is the trailer {@code grpc-status}.
 */
final class OtlpGrpc implements OtlpChannel {
  private static final int FRAME_HEAD = 5;

  /**
   * What OTLP says may be tried again: cancelled, deadline, exhausted, aborted, range, unavailable,
   * data loss.
   */
  private static final Set<String> RETRYABLE = Set.of("1", "4", "8", "10", "11", "14", "15");

  private final Poster poster;
  private final Map<String, String> headers;
  private final boolean gzip;

  OtlpGrpc(Vertx vertx, OtlpTarget target, Signal signal) {
    URI url = target.endpoint().resolve("/" + signal.service() + "/Export");
    this.poster = Poster.http2(vertx, url, target.timeout());
    this.gzip = target.gzip();
    Map<String, String> all = new LinkedHashMap<>(target.headers());
    all.put("content-type", "application/grpc");
    all.put("te", "trailers");
    if (gzip) {
      all.put("grpc-encoding", "gzip");
    }
    this.headers = Map.copyOf(all);
  }

  @Override
  public Future<OtlpReply> send(Marshaler message) {
    byte[] encoded = OtlpBody.encode(message, gzip);
    Buffer frame = Buffer.buffer(FRAME_HEAD + encoded.length);
    frame.appendByte((byte) (gzip ? 1 : 0)).appendInt(encoded.length).appendBytes(encoded);
    return poster.post(frame, headers).map(OtlpGrpc::read);
  }

  private static OtlpReply read(Reply reply) {
    String status = reply.trailerOrHeader("grpc-status");
    if (status == null) {
      return reply.status() == 200 || reply.retryable()
          ? OtlpReply.later(reply.pauseMillis(), reply.described() + " without grpc-status")
          : OtlpReply.refused(reply.described());
    }
    if (status.equals("0")) {
      Buffer body = reply.body();
      boolean plain = body.length() > FRAME_HEAD && body.getByte(0) == 0;
      return OtlpReply.taken(plain ? body.getBytes(FRAME_HEAD, body.length()) : new byte[0]);
    }
    String message = reply.trailerOrHeader("grpc-message");
    String problem = "gRPC status " + status + (message == null ? "" : ": " + message);
    return RETRYABLE.contains(status) ? OtlpReply.later(0, problem) : OtlpReply.refused(problem);
  }

  @Override
  public Future<Void> close() {
    return poster.close();
  }
}
