package dev.infermux.provider.echo;

import dev.infermux.dialect.openai.AnswerJson;
import dev.infermux.dialect.openai.StreamText;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Cancellation.Registration;
import dev.infermux.inference.Chunks;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Operation;
import dev.infermux.inference.QueuedStream;
import dev.infermux.inference.ServedBy;
import dev.infermux.vertx.EventLoop;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** An echo, word by word, as fast as it is read. */
final class EchoStream extends QueuedStream {

  private final Attempt attempt;
  private final EchoText text;
  private final EventLoop loop;
  private @Nullable Registration registration;
  private final long firstTokenNanos;

  EchoStream(Attempt attempt, EchoText text, EventLoop loop, long firstTokenNanos) {
    this.firstTokenNanos = firstTokenNanos;
    this.attempt = attempt;
    this.text = text;
    this.loop = loop;
    AnswerJson json = EchoText.json(attempt);
    if (attempt.call().operation() == Operation.CHAT) {
      offer(event(json.role(0)));
    }
    for (String word : text.words()) {
      offer(event(json.piece(0, word)));
    }
    offer(event(json.finish(0, "stop")));
    if (attempt.showsUsage()) {
      offer(event(json.usageChunk(text.usage())));
    }
    offer(event(StreamText.DONE));
    seal();
  }

  private static Buffer event(String data) {
    return EchoText.buffer(StreamText.event(data));
  }

  /** From now on the call's end is the stream's; must follow construction. */
  void follow(Cancellation cancellation) {
    registration = cancellation.onCancel(this::cancel);
  }

  @Override
  protected void flow() {}

  @Override
  protected End ending() {
    forget();
    return end(null);
  }

  @Override
  public void cancel() {
    loop.run(
        () -> {
          forget();
          drop(end(new Failure.Cancelled("the caller left")));
        });
  }

  private void forget() {
    if (registration != null) {
      registration.remove();
    }
  }

  private End end(@Nullable Failure failure) {
    long characters = text.answer().codePointCount(0, text.answer().length());
    return new End(
        attempt.model(),
        text.usage(),
        "stop",
        characters,
        firstTokenNanos,
        new Chunks(text.words().size(), null),
        0,
        failure,
        ServedBy.NONE,
        CallTotals.NONE);
  }
}
