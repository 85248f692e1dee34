package dev.infermux.provider.program;

import dev.infermux.api.ChatChunk;
import dev.infermux.dialect.openai.TypedJson;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.End;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.QueuedStream;
import dev.infermux.time.Timer;
import dev.infermux.vertx.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A program's stream of chunks as events. A chunk is fetched when the one before has been taken;
 * what the program sends on other threads, unasked or after the end does no harm.
 */
final class ProgramStream extends QueuedStream {

  private final ReadStream<ChatChunk> source;
  private final ProgramAttempt attempt;
  private final EventLoop loop;
  private final Duration idle;
  private final Promise<Answer> begun = Promise.promise();
  private final StreamSummary summary;
  private Cancellation.@Nullable Registration left;
  private @Nullable Timer silence;

  private @Nullable InferenceException failure;
  private boolean started;
  private boolean over;
  private boolean told;

  ProgramStream(
      ReadStream<ChatChunk> source, ProgramAttempt attempt, EventLoop loop, Duration idle) {
    this.source = source;
    this.attempt = attempt;
    this.loop = loop;
    this.idle = idle;
    this.summary = new StreamSummary(attempt.time().ticker());
  }

  /** Completes with the first chunk; fails when the stream does before. */
  Future<Answer> begun() {
    left = attempt.attempt().cancellation().onCancel(this::cancel);
    source.exceptionHandler(
        cause -> loop.run(() -> fail(attempt.failures().of(cause), "a failure")));
    source.endHandler(ended -> loop.run(this::complete));
    source.handler(chunk -> loop.run(() -> received(chunk)));
    fetch();
    return begun.future();
  }

  private void fetch() {
    if (!over && silence == null) {
      silence = attempt.time().timers().start(idle, this::silent);
      source.fetch(1);
    }
  }

  private void silent() {
    silence = null;
    fail(attempt.failures().stalled(idle), "silence");
    attempt.abandon();
  }

  private void heard() {
    if (silence != null) {
      silence.cancel();
      silence = null;
    }
  }

  private void received(ChatChunk chunk) {
    if (over) {
      late("a chunk");
      return;
    }
    heard();
    try {
      summary.note(chunk);
      if (summary.failed()) {
        fail(attempt.failures().unfinished(summary.finishReason()), "a chunk");
        attempt.abandon();
        return;
      }
      offer(TypedJson.event(chunk, attempt.attempt(), started));
    } catch (RuntimeException unsound) {
      fail(attempt.failures().unsound(unsound), "a chunk");
      return;
    }
    begin();
    flow();
  }

  private void begin() {
    if (!started) {
      started = true;
      begun.tryComplete(Answer.streamed(attempt.attempt().model(), this));
    }
  }

  private void complete() {
    if (over) {
      late("a second end");
      return;
    }
    if (!summary.whole()) {
      fail(attempt.failures().unfinished(summary.finishReason()), "an end");
      return;
    }
    offer(TypedJson.closing(attempt.attempt(), summary.usage()));
    begin();
    finish();
  }

  private void fail(InferenceException cause, String what) {
    if (over) {
      late(what);
      return;
    }
    failure = cause;
    begun.tryFail(cause);
    finish();
  }

  private void finish() {
    over = true;
    heard();
    if (left != null) {
      left.remove();
    }
    seal();
  }

  private void late(String what) {
    if (!told) {
      told = true;
      attempt.failures().afterTheEnd(what);
    }
  }

  @Override
  protected void flow() {
    if (started && wanted()) {
      fetch();
    }
  }

  @Override
  protected End ending() {
    return end(failure);
  }

  private End end(@Nullable InferenceException cause) {
    return summary.end(attempt.attempt().model(), cause == null ? null : cause.failure());
  }

  @Override
  public void cancel() {
    loop.run(
        () -> {
          InferenceException cancelled = attempt.failures().cancelled();
          over = true;
          told = true;
          heard();
          attempt.abandon();
          begun.tryFail(cancelled);
          drop(end(cancelled));
        });
  }
}
