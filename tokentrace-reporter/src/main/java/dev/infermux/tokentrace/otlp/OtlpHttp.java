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

/** OTLP as http/protobuf. */
final class OtlpHttp implements OtlpChannel {
  private static final int CONNECTIONS = 2;

  private final Poster poster;
  private final Map<String, String> headers;
  private final boolean gzip;

  OtlpHttp(Vertx vertx, OtlpTarget target, Signal signal) {
    this.poster = Poster.http1(vertx, url(target, signal), CONNECTIONS, target.timeout());
    this.gzip = target.gzip();
    Map<String, String> all = new LinkedHashMap<>(target.headers());
    all.put("content-type", "application/x-protobuf");
    if (gzip) {
      all.put("content-encoding", "gzip");
    }
    this.headers = Map.copyOf(all);
  }

  private static URI url(OtlpTarget target, Signal signal) {
    String given = target.endpoint().toString().replaceAll("/+$", "");
    return URI.create(given.endsWith(signal.path()) ? given : given + signal.path());
  }

  @Override
  public Future<OtlpReply> send(Marshaler message) {
    return poster.post(Buffer.buffer(OtlpBody.encode(message, gzip)), headers).map(OtlpHttp::read);
  }

  private static OtlpReply read(Reply reply) {
    if (reply.status() / 100 == 2) {
      return OtlpReply.taken(reply.body().getBytes());
    }
    return reply.retryable()
        ? OtlpReply.later(reply.pauseMillis(), reply.described())
        : OtlpReply.refused(reply.described());
  }

  @Override
  public Future<Void> close() {
    return poster.close();
  }
}
