package dev.infermux.inbound.bus;

import dev.infermux.dialect.mist.InferChunks;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inference.Answer;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.InferChunk;
import dev.infermux.time.Timer;
import dev.infermux.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relays one stream over the bus. The request is the credit for the first chunk, and the caller's
 * reply to each chunk the credit for the next; what comes in meanwhile is joined to one chunk, and
 * beyond {@link #MOST_WAITING} characters the provider is paused. A caller that fails its message
 * instead of replying, or leaves one unanswered, has left.
 */
final class BusStream {

  /** How long a caller may take for a chunk. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** An empty chunk after so much silence keeps the caller's own time-out from passing. */
  static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  private static final int MOST_WAITING = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(BusStream.class);

  private final Call call;
  private final Timers timers;
  private final DeliveryOptions patience =
      new DeliveryOptions().setSendTimeout(PATIENCE.toMillis());
  private final ChunkText waiting;
  private final Promise<Void> over = Promise.promise();
  private @Nullable Message<Object> credit;
  private @Nullable Timer keepAlive;
  private @Nullable AnswerStream events;
  private @Nullable Throwable failure;
  private InferChunk.@Nullable End end;
  private boolean paused;

  BusStream(Message<Object> request, Call call, RouterClient router) {
    this.call = call;
    this.timers = router.time().timers();
    this.waiting = new ChunkText(call.requestId(), router.buffered());
    this.credit = request;
    watch();
    call.cancellation().onCancel(this::cancelled);
  }

  /** Completes when the last reply is out, or the caller has left. */
  Future<Void> relay(Future<Answer> answer) {
    answer.onComplete(
        (begun, cause) -> {
          try {
            if (cause == null) {
              begin(begun);
            } else {
              broken(cause);
            }
          } catch (Throwable bug) {
            broken(bug);
            call.cancellation().cancel();
          }
        });
    return over.future();
  }

  private void begin(Answer answer) {
    AnswerStream stream = answer.events();
    if (over.future().isComplete()) {
      stream.cancel();
      return;
    }
    events = stream;
    stream.exceptionHandler(this::broken);
    stream.endHandler(
        ended -> {
          try {
            end = InferChunks.end(answer.head().servedBy(), answer.end().result().totals());
          } catch (Throwable unproven) {
            failure = unproven;
          }
          send();
        });
    stream.handler(this::received);
    stream.resume();
  }

  private void received(Buffer chunk) {
    if (over.future().isComplete()) {
      return;
    }
    InferChunks.deltas(chunk).forEach(waiting::add);
    if (waiting.length() > MOST_WAITING && !paused && events != null) {
      paused = true;
      events.pause();
    }
    if (!waiting.isEmpty()) {
      send();
    }
  }

  private void broken(Throwable cause) {
    failure = cause;
    send();
  }

  /** Sends what there is, if the caller wants it by now. */
  private void send() {
    Message<Object> to = credit;
    if (to == null || over.future().isComplete()) {
      return;
    }
    credit = null;
    stopWatching();
    try {
      reply(to);
    } catch (Throwable bug) {
      LOG.error("request {} over the bus: unexpected failure", call.requestId(), bug);
      finished();
      call.cancellation().cancel();
      stop();
      to.reply(BusFailures.of(bug));
    }
  }

  private void reply(Message<Object> to) {
    if (failure != null && waiting.isEmpty()) {
      to.reply(BusFailures.of(failure));
      finished();
    } else if (end != null && waiting.fits()) {
      to.reply(waiting.chunk(end));
      finished();
    } else {
      to.replyAndRequest(waiting.chunk(null), patience)
          .onComplete(
              (reply, left) -> {
                if (left == null) {
                  credited(reply);
                } else {
                  gone();
                }
              });
    }
  }

  private void credited(Message<Object> reply) {
    credit = reply;
    if (paused && events != null) {
      paused = false;
      events.resume();
    }
    if (!waiting.isEmpty() || end != null || failure != null) {
      send();
    } else {
      watch();
    }
  }

  private void watch() {
    stopWatching();
    keepAlive = timers.start(KEEP_ALIVE, this::send);
  }

  private void stopWatching() {
    if (keepAlive != null) {
      keepAlive.cancel();
      keepAlive = null;
    }
  }

  /** Somebody has ended the request by its id; a stream that is cancelled says nothing any more. */
  private void cancelled() {
    if (!over.future().isComplete()) {
      waiting.clear();
      broken(new InferenceException(new Failure.Cancelled("the request was cancelled")));
      stop();
    }
  }

  private void gone() {
    finished();
    call.cancellation().cancel();
    stop();
  }

  private void stop() {
    if (events != null) {
      events.cancel();
    }
  }

  private void finished() {
    stopWatching();
    waiting.clear();
    over.tryComplete();
  }
}
