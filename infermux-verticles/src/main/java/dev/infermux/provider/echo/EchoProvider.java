package dev.infermux.provider.echo;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.spi.Provider;
import dev.infermux.time.Ticker;
import dev.infermux.vertx.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Answers {@code echo: <last message>} at once, for trying InferMux out and for tests. It counts a
 * token for every four characters and has no embeddings.
 */
public final class EchoProvider implements Provider {

  /** The one model there is. */
  public static final String MODEL = "echo-v1";

  private final EventLoop loop;
  private final Ticker ticker;

  /** Must run on the event loop that will make the calls. */
  public EchoProvider(Vertx vertx, Ticker ticker) {
    this.ticker = ticker;
    this.loop = EventLoop.current(vertx);
  }

  @Override
  public Future<Answer> call(Attempt attempt) {
    if (attempt.cancellation().isCancelled()) {
      return failed(new Failure.Cancelled("the caller left"));
    }
    if (attempt.call().operation() == Operation.EMBEDDINGS) {
      return failed(new Failure.InvalidRequest("the echo provider has no embeddings", null));
    }
    EchoText text = EchoText.of(attempt);
    if (attempt.call().stream()) {
      EchoStream stream = new EchoStream(attempt, text, loop, ticker.nanos());
      stream.follow(attempt.cancellation());
      return Future.succeededFuture(Answer.streamed(attempt.model(), stream));
    }
    return Future.succeededFuture(
        Answer.whole(
            EchoText.buffer(EchoText.json(attempt).whole(text.answer(), 1, "stop", text.usage())),
            End.whole(
                attempt.model(),
                text.usage(),
                "stop",
                text.answer().codePointCount(0, text.answer().length()))));
  }

  private static Future<Answer> failed(Failure failure) {
    return Future.failedFuture(new InferenceException(failure));
  }
}
