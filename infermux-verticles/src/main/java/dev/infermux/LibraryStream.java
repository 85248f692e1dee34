package dev.infermux;

import dev.infermux.api.ChatChunk;
import dev.infermux.api.ChatStream;
import dev.infermux.api.ResponseMeta;
import dev.infermux.dialect.openai.TypedChunks;
import dev.infermux.inference.Answer;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream's events as chunks: a buffer of events is asked for when the chunks of the one before
 * are taken. All state belongs to the event loop of the call; what other threads ask is done there.
 */
final class LibraryStream implements ChatStream {

  private final AnswerStream source;
  private final String provider;
  private final Future<ResponseMeta> meta;
  private final Consumer<Runnable> loop;

  private final Deque<ChatChunk> pending = new ArrayDeque<>();
  private @Nullable Handler<ChatChunk> handler;
  private @Nullable Handler<Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private @Nullable Throwable failure;
  private long demand;
  private boolean asked;
  private boolean emitting;
  private boolean sourceOver;
  private boolean over;

  private LibraryStream(
      AnswerStream source, String provider, Future<ResponseMeta> meta, Consumer<Runnable> loop) {
    this.source = source;
    this.provider = provider;
    this.meta = meta;
    this.loop = loop;
  }

  /** Begins on the event loop of the call. */
  static LibraryStream of(ProgramCall call, Answer answer) {
    AnswerStream source = answer.events();
    Promise<ResponseMeta> meta = Promise.promise();
    LibraryStream stream =
        new LibraryStream(
            source, answer.head().servedBy().provider(), meta.future(), call.cell()::run);
    answer.end().map(end -> call.meta(answer.head(), end)).onComplete(meta);
    source.exceptionHandler(stream::broken);
    source.endHandler(ended -> stream.ended());
    source.handler(stream::received);
    call.call()
        .cancellation()
        .onCancel(
            () ->
                stream.broken(
                    new InferenceException(new Failure.Cancelled("the program has cancelled it"))));
    return stream;
  }

  @Override
  public String provider() {
    return provider;
  }

  @Override
  public Future<ResponseMeta> meta() {
    return meta;
  }

  @Override
  public void cancel() {
    loop.accept(
        () -> {
          over = true;
          pending.clear();
          source.cancel();
        });
  }

  @Override
  public ChatStream handler(@Nullable Handler<ChatChunk> handler) {
    loop.accept(
        () -> {
          this.handler = handler;
          emit();
        });
    return this;
  }

  @Override
  public ChatStream endHandler(@Nullable Handler<Void> endHandler) {
    loop.accept(() -> this.endHandler = endHandler);
    return this;
  }

  @Override
  public ChatStream exceptionHandler(@Nullable Handler<Throwable> handler) {
    loop.accept(() -> this.exceptionHandler = handler);
    return this;
  }

  @Override
  public ChatStream pause() {
    loop.accept(() -> demand = 0);
    return this;
  }

  @Override
  public ChatStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ChatStream fetch(long amount) {
    loop.accept(
        () -> {
          demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
          emit();
        });
    return this;
  }

  private void received(Buffer events) {
    asked = false;
    if (over) {
      return;
    }
    try {
      TypedChunks.read(events, pending::add);
    } catch (RuntimeException unreadable) {
      source.cancel();
      broken(
          new InferenceException(
              new Failure.Internal("provider \"" + provider + "\": a chunk that cannot be read")));
      return;
    }
    emit();
  }

  private void ended() {
    sourceOver = true;
    emit();
  }

  private void broken(Throwable cause) {
    if (!sourceOver) {
      failure = cause;
      ended();
    }
  }

  private void emit() {
    if (emitting) {
      return;
    }
    emitting = true;
    try {
      while (wanted() && !pending.isEmpty()) {
        demand -= demand == Long.MAX_VALUE ? 0 : 1;
        Objects.requireNonNull(handler).handle(pending.remove());
      }
    } finally {
      emitting = false;
    }
    if (wanted() && sourceOver) {
      conclude();
    } else if (wanted() && !asked) {
      asked = true;
      source.fetch(1);
    }
  }

  private boolean wanted() {
    return demand > 0 && handler != null && !over;
  }

  private void conclude() {
    over = true;
    if (failure != null && exceptionHandler != null) {
      exceptionHandler.handle(failure);
    } else if (failure == null && endHandler != null) {
      endHandler.handle(null);
    }
  }
}
