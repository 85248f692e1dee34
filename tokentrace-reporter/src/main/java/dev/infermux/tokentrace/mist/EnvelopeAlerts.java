package dev.infermux.tokentrace.mist;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistException;
import dev.infermux.mist.MistType;
import dev.infermux.mist.TraceAlert;
import dev.infermux.mist.transport.MistSender;
import dev.infermux.tokentrace.export.ExportOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts as {@code trace.alert} envelopes, one by one as they come, and again where that may
 * help. A server that takes none is reported once. Thread-safe.
 */
public final class EnvelopeAlerts {
  private static final Logger LOG = LoggerFactory.getLogger("dev.infermux.tokentrace");

  /** Alerts are few; more than these at once are not worth the memory. */
  private static final int MOST_WAITING = 1_000;

  private static final int MOST_DOUBLINGS = 5;

  private final Vertx vertx;
  private final MistSender sender;
  private final String source;
  private final ExportOptions options;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean complained = new AtomicBoolean();

  /**
   * @param source the envelopes' sender
   */
  public EnvelopeAlerts(Vertx vertx, MistSender sender, String source, ExportOptions options) {
    this.vertx = vertx;
    this.sender = sender;
    this.source = source;
    this.options = options;
  }

  /** Never blocks and never fails; what cannot be sent is dropped. */
  public void send(TraceAlert alert) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      complain("too many at once");
      return;
    }
    attempt(Envelope.of(source, MistType.TRACE_ALERT, alert), 1)
        .onComplete(
            result -> {
              waiting.decrementAndGet();
              if (result.succeeded()) {
                complained.set(false);
              } else {
                complain(String.valueOf(result.cause().getMessage()));
              }
            });
  }

  /** Lets those under way end, for as long as the options allow. */
  public Future<Void> close() {
    return Future.fromCompletionStage(sender.close())
        .timeout(options.closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  private Future<Void> attempt(Envelope envelope, int number) {
    return Future.fromCompletionStage(sender.send(envelope))
        .recover(
            cause -> {
              boolean hopeless = cause instanceof MistException known && !known.code().retryable();
              if (hopeless || number >= options.attempts()) {
                return Future.failedFuture(cause);
              }
              long pause = options.backoff().toMillis() << Math.min(number - 1, MOST_DOUBLINGS);
              return vertx
                  .timer(Math.max(1, pause), TimeUnit.MILLISECONDS)
                  .compose(elapsed -> attempt(envelope, number + 1));
            });
  }

  private void complain(String problem) {
    if (complained.compareAndSet(false, true)) {
      LOG.warn("TokenTrace does not take an alert: {}; it is dropped there", problem);
    }
  }
}
