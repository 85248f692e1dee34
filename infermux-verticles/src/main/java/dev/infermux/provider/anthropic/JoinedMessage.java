package dev.infermux.provider.anthropic;

import dev.infermux.dialect.anthropic.MessageJoiner;
import dev.infermux.inference.Answer;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A stream read to its end, and given back as the whole answer that was asked for. */
final class JoinedMessage {

  private JoinedMessage() {}

  /** Fails as the stream does. */
  static Future<Answer> of(Attempt attempt, Answer streamed) {
    AnswerStream events = streamed.events();
    MessageJoiner joiner = new MessageJoiner();
    Promise<Answer> whole = Promise.promise();
    streamed.end().onSuccess(end -> ended(attempt, end, joiner, whole));
    events.exceptionHandler(whole::tryFail);
    events.handler(joiner::events);
    events.resume();
    return whole.future();
  }

  private static void ended(Attempt attempt, End end, MessageJoiner joiner, Promise<Answer> whole) {
    Failure failure = end.failure();
    if (failure == null) {
      whole.tryComplete(Answer.whole(joiner.message(), end.with(0, null)));
    } else {
      attempt.progress().charged(end.usage(), end.contentChars());
      whole.tryFail(new InferenceException(failure));
    }
  }
}
