package dev.infermux.vertx;

import dev.infermux.memory.BufferedKind;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A consumer for whom messages wait, up to a bound; those that come then are lost. What waits
 * stays, so that it grows old in the heap where the consumer is stuck, and no collection copies it
 * again. Messages arrive on any thread and are handled on the context that the consumer was made
 * on, one at a time and in order, as Vert.x does it. Safe on any thread.
 */
final class BoundedConsumer<T> implements MessageConsumer<T> {

  /** What a message takes with the event that it carries. */
  private static final long MESSAGE_BYTES = 1 << 10;

  private final MessageConsumerOptions options;
  private final ContextInternal home;
  private final WaitingRoom room;
  private final ArrayDeque<Message<T>> waiting = new ArrayDeque<>();
  private @Nullable Handler<Message<T>> handler;
  private @Nullable Handler<Void> endHandler;
  private long demand = Long.MAX_VALUE;
  private boolean scheduled;
  private boolean ended;
  private long lost;

  /** While there is a handler. */
  private @Nullable Listening listening;

  private Promise<Void> begun;

  /** A consumer whose messages are handled on a context, its home. */
  BoundedConsumer(MessageConsumerOptions options, WaitingRoom room, ContextInternal home) {
    this.options = options;
    this.home = home.unwrap();
    this.room = room;
    this.begun = this.home.promise();
  }

  synchronized boolean ended() {
    return ended;
  }

  @SuppressWarnings("unchecked") // as the bus does: bodies are what is sent there
  private void arrived(Message<?> published) {
    Message<T> message = (Message<T>) published;
    synchronized (this) {
      if (handler == null) {
        return;
      }
      if (waiting.size() >= room.most().getAsInt()
          || !room.account().take(BufferedKind.EVENTS, MESSAGE_BYTES, 0)) {
        lose();
        return;
      }
      waiting.add(message);
    }
    schedule();
  }

  private void schedule() {
    synchronized (this) {
      if (scheduled || demand == 0 || waiting.isEmpty()) {
        return;
      }
      scheduled = true;
    }
    home.runOnContext(next -> deliver());
  }

  /** One message a task, so that what else its context has to do gets its turn. */
  private void deliver() {
    Message<T> message;
    Handler<Message<T>> to;
    synchronized (this) {
      scheduled = false;
      to = handler;
      if (to == null || demand == 0 || waiting.isEmpty()) {
        return;
      }
      demand -= demand == Long.MAX_VALUE ? 0 : 1;
      message = taken();
      caughtUp();
    }
    home.duplicate().dispatch(message, to);
    schedule();
  }

  private Message<T> taken() {
    room.account().release(BufferedKind.EVENTS, MESSAGE_BYTES);
    return waiting.remove();
  }

  private void lose() {
    if (lost == 0) {
      room.losses().begin(address());
    }
    lost++;
    room.losses().lost();
  }

  private void caughtUp() {
    if (lost > 0 && waiting.isEmpty()) {
      room.losses().caughtUp(address(), lost);
      lost = 0;
    }
  }

  @Override
  public MessageConsumer<T> handler(@Nullable Handler<Message<T>> handler) {
    if (handler == null) {
      unregister();
      return this;
    }
    synchronized (this) {
      this.handler = handler;
      if (listening == null) {
        Listening here = room.publications().listen(options, this::arrived);
        listening = here;
        here.begun().onComplete(begun);
      }
    }
    return this;
  }

  @Override
  public synchronized MessageConsumer<T> pause() {
    demand = 0;
    return this;
  }

  @Override
  public MessageConsumer<T> resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public MessageConsumer<T> fetch(long amount) {
    synchronized (this) {
      demand = amount > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + amount;
    }
    schedule();
    return this;
  }

  @Override
  public MessageConsumer<T> exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public synchronized MessageConsumer<T> endHandler(@Nullable Handler<Void> endHandler) {
    this.endHandler = endHandler;
    return this;
  }

  @Override
  public ReadStream<T> bodyStream() {
    return new MessageBodies<>(this);
  }

  @Override
  public synchronized boolean isRegistered() {
    return listening != null;
  }

  @Override
  public String address() {
    return options.getAddress();
  }

  @Override
  public synchronized Future<Void> completion() {
    return begun.future();
  }

  @Override
  public Future<Void> unregister() {
    Handler<Void> toEnd;
    Listening former;
    synchronized (this) {
      handler = null;
      former = listening;
      listening = null;
      begun = former == null ? begun : home.promise();
      ended = true;
      toEnd = endHandler;
      endHandler = null;
      while (!waiting.isEmpty()) {
        taken();
      }
    }
    if (toEnd != null) {
      home.runOnContext(toEnd);
    }
    return former == null ? Future.succeededFuture() : former.end();
  }
}
