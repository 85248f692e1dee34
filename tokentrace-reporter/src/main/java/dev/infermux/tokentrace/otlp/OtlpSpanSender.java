package dev.infermux.tokentrace.otlp;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sender that an exporter of OpenTelemetry's makes of its options: with their certificates,
 * proxy, headers and compression. It is taken from the exporter, since spans are encoded before
 * they come here, and since the exporter does not tell what the collector said.
 */
final class OtlpSpanSender implements ComponentLoader {
  private final ComponentLoader found =
      ComponentLoader.forClassLoader(OtlpHttpSpanExporter.class.getClassLoader());
  private @Nullable HttpSender http;
  private @Nullable GrpcSender grpc;

  /** Sends one message. Never blocks, and the answer never fails. */
  Future<OtlpResponse> send(MessageWriter message) {
    Promise<OtlpResponse> answer = Promise.promise();
    Consumer<Throwable> missing = cause -> answer.tryComplete(OtlpResponse.missing(cause));
    try {
      if (http != null) {
        http.send(message, told -> answer.tryComplete(OtlpResponse.of(told)), missing);
      } else if (grpc != null) {
        grpc.send(message, told -> answer.tryComplete(OtlpResponse.of(told)), missing);
      } else {
        answer.tryComplete(OtlpResponse.unsent("no sender on the class path"));
      }
    } catch (RuntimeException e) {
      missing.accept(e);
    }
    return answer.future();
  }

  /** As {@link java.util.ServiceLoader} does; of several senders the first alone. */
  @Override
  public <T> Iterable<T> load(Class<T> spi) {
    Iterator<T> senders = found.load(spi).iterator();
    if (!senders.hasNext()) {
      return List.of();
    } else if (spi == HttpSenderProvider.class) {
      HttpSenderProvider first = (HttpSenderProvider) senders.next();
      HttpSenderProvider taken = config -> taken(first.createSender(config));
      return List.of(spi.cast(taken));
    } else if (spi == GrpcSenderProvider.class) {
      GrpcSenderProvider first = (GrpcSenderProvider) senders.next();
      GrpcSenderProvider taken = config -> taken(first.createSender(config));
      return List.of(spi.cast(taken));
    }
    return found.load(spi);
  }

  private HttpSender taken(HttpSender made) {
    http = made;
    return made;
  }

  private GrpcSender taken(GrpcSender made) {
    grpc = made;
    return made;
  }
}
