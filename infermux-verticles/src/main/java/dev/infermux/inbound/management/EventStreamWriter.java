package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.EventReceiver;
import dev.infermux.inbound.management.view.PublishedEvent;
import dev.infermux.time.Timer;
import dev.infermux.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to one reader at the speed at which he reads: what comes within a moment goes out
 * together, made into JSON on a worker thread, and what he is too slow for is counted and told.
 * Events are received on any thread; all else happens on the event loop of the connection.
 */
final class EventStreamWriter implements EventReceiver {

  /** Long enough to gather what a busy gateway publishes, too short for an eye. */
  private static final Duration MOMENT = Duration.ofMillis(25);

  /** A reader who sees nothing for longer has lost his connection. */
  static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final Context context;
  private final HttpServerResponse response;
  private final Timers timers;
  private final EventQueue queue;
  private final BooleanSupplier admitted;
  private final Promise<Void> ended = Promise.promise();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private @Nullable Timer heartbeat;

  /**
   * Writes nothing yet.
   *
   * @param context of the connection
   * @param queue where events wait for the reader
   * @param admitted whether the reader may still look, asked before each piece that is written
   */
  EventStreamWriter(
      Context context,
      HttpServerResponse response,
      Timers timers,
      EventQueue queue,
      BooleanSupplier admitted) {
    this.context = context;
    this.queue = queue;
    this.admitted = admitted;
    this.response = response;
    this.timers = timers;
    ended.future().onComplete(any -> queue.close());
    response.setChunked(true);
    response.exceptionHandler(cause -> ended.tryComplete());
    response.closeHandler(closed -> ended.tryComplete());
  }

  /** Sends the head: events from now on come. */
  void begin(Runnable unsubscribe) {
    context.runOnContext(
        now -> {
          ended.future().onComplete(any -> finish(unsubscribe));
          write(EventStreamText.BEGIN);
        });
  }

  /** Completes when the reader has gone, or has been told the end. */
  Future<Void> ended() {
    return ended.future();
  }

  @Override
  public void receive(PublishedEvent event) {
    queue.add(event);
    if (scheduled.compareAndSet(false, true)) {
      context.runOnContext(now -> timers.start(MOMENT, this::flush));
    }
  }

  @Override
  public void end() {
    context.runOnContext(now -> end(EventStreamText.STOPPING));
  }

  private void end(Buffer reason) {
    if (!gone()) {
      response.end(reason);
    }
    ended.tryComplete();
  }

  private void flush() {
    if (gone()) {
      ended.tryComplete();
    } else if (!admitted.getAsBoolean()) {
      end(EventStreamText.REFUSED);
    } else if (response.writeQueueFull()) {
      response.drainHandler(drained -> flush());
    } else {
      EventBatch batch = queue.take();
      context.executeBlocking(() -> EventStreamText.of(batch)).onComplete(this::written);
    }
  }

  private void written(AsyncResult<Buffer> text) {
    if (text.succeeded() && !gone()) {
      write(text.result());
    }
    scheduled.set(false);
    if (!queue.isEmpty() && scheduled.compareAndSet(false, true)) {
      timers.start(MOMENT, this::flush);
    }
  }

  private void write(Buffer text) {
    if (gone()) {
      return;
    }
    response.write(text);
    Timer former = heartbeat;
    if (former != null) {
      former.cancel();
    }
    heartbeat = timers.start(HEARTBEAT, this::beat);
  }

  private void beat() {
    if (admitted.getAsBoolean()) {
      write(EventStreamText.HEARTBEAT);
    } else {
      end(EventStreamText.REFUSED);
    }
  }

  private boolean gone() {
    return response.ended() || response.closed();
  }

  private void finish(Runnable unsubscribe) {
    unsubscribe.run();
    Timer beating = heartbeat;
    if (beating != null) {
      beating.cancel();
    }
  }
}
