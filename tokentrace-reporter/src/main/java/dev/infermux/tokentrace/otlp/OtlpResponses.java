package dev.infermux.tokentrace.otlp;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one exporter of OpenTelemetry's is answered. An exporter tells only whether an export
 * succeeded, so this finds it the sender that it would find itself and listens at it.
 *
 * <p>Exports begin one at a time, on any thread; several may be under way.
 */
final class OtlpResponses implements ComponentLoader {
  private final ComponentLoader found =
      ComponentLoader.forClassLoader(OtlpHttpSpanExporter.class.getClassLoader());
  private final AtomicReference<Consumer<OtlpResponse>> listener =
      new AtomicReference<>(answer -> {});

  /** Makes an export and waits for what it is answered. Never blocks. */
  Future<OtlpResponse> to(Supplier<CompletableResultCode> export) {
    Promise<OtlpResponse> answer = Promise.promise();
    listener.set(answer::tryComplete); // taken before the export returns, by the sender's caller
    try {
      CompletableResultCode result = export.get();
      result.whenComplete(() -> answer.tryComplete(unsent(result.getFailureThrowable())));
    } catch (RuntimeException e) {
      answer.tryComplete(OtlpResponse.missing(e));
    }
    return answer.future();
  }

  /** What is sent is answered first, so this is of an export that the exporter refused itself. */
  private static OtlpResponse unsent(@Nullable Throwable failure) {
    Throwable cause = failure == null ? null : failure.getCause();
    return OtlpResponse.unsent(cause == null ? "not sent" : String.valueOf(cause.getMessage()));
  }

  /** As {@link java.util.ServiceLoader} does; of several senders the first alone. */
  @Override
  public <T> Iterable<T> load(Class<T> spi) {
    if (spi != HttpSenderProvider.class && spi != GrpcSenderProvider.class) {
      return found.load(spi);
    }
    Iterator<T> senders = found.load(spi).iterator();
    return senders.hasNext() ? List.of(spi.cast(listening(senders.next()))) : List.of();
  }

  private Object listening(Object sender) {
    return sender instanceof HttpSenderProvider http
        ? new OtlpHttpSender(http, listener::get)
        : new OtlpGrpcSender((GrpcSenderProvider) sender, listener::get);
  }
}
