package dev.infermux.dialect.openai;

import dev.infermux.dialect.ErrorBody;
import dev.infermux.dialect.ErrorClassifier;
import dev.infermux.dialect.ErrorResponse;
import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.ProviderError;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.dialect.RetryAdvice;
import dev.infermux.dialect.chat.AnswerForms;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.time.Time;
import dev.infermux.vertx.Buffers;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads what a server of OpenAI's dialect answers; bytes pass through as they came. */
public final class OpenAiResponses implements ResponseDialect {

  private static final String NOTHING = "an answer without any choice or data";

  private final ProviderFailures failures;
  private final ErrorClassifier errors;
  private final Time time;

  public OpenAiResponses(ProviderFailures failures, ErrorClassifier errors, Time time) {
    this.failures = failures;
    this.errors = errors;
    this.time = time;
  }

  @Override
  public Framing framing() {
    return Framing.SSE;
  }

  @Override
  public Answer whole(Attempt attempt, Buffer body) {
    ByteBuf bytes = Buffers.onHeap(body);
    int from = bytes.arrayOffset() + bytes.readerIndex();
    int to = from + bytes.readableBytes();
    if (from == to) {
      throw malformed("an empty answer");
    }
    try {
      return attempt.call().operation() == Operation.EMBEDDINGS
          ? vectors(attempt, body, bytes.array(), from, to)
          : choices(attempt, body, bytes.array(), from, to);
    } catch (JsonSyntaxException e) {
      throwIfError(attempt, bytes.array(), from, to);
      throw malformed("an answer that is not JSON: " + e.getMessage());
    }
  }

  private Answer choices(Attempt attempt, Buffer body, byte[] bytes, int from, int to) {
    boolean chat = attempt.call().operation() == Operation.CHAT;
    AnswerReader answer = AnswerReader.read(chat, bytes, from, to);
    if (answer.failed()) {
      throw new InferenceException(reported(attempt, bytes, from, to));
    }
    if (!answer.errorReason().isEmpty()) {
      throw new InferenceException(failures.endedWith(answer.errorReason()));
    }
    if (!answer.answered()) {
      throwIfError(attempt, bytes, from, to);
      throw malformed(NOTHING);
    }
    if (!answer.whole()) {
      throw malformed("an answer without a reason to end");
    }
    if (!answer.odd()) {
      return answer.answer(body);
    }
    byte[] repaired = new AnswerRepair(attempt).repaired(bytes, from, to, answer.counted());
    return answer.answer(Buffers.wrap(repaired));
  }

  private Answer vectors(Attempt attempt, Buffer body, byte[] bytes, int from, int to) {
    JsonKind asked = VectorAnswer.asked(attempt.call().body().bytes());
    VectorAnswer answer = VectorAnswer.read(asked, bytes, from, to);
    if (answer.failed()) {
      throw new InferenceException(reported(attempt, bytes, from, to));
    }
    if (!answer.answered()) {
      throwIfError(attempt, bytes, from, to);
      throw malformed(NOTHING);
    }
    if (!answer.odd()) {
      return answer.answer(body);
    }
    try {
      JsonSlice repaired = new VectorRepair(asked, attempt).repaired(bytes, from, to).slice();
      return answer.answer(Buffers.wrap(repaired.bytes(), repaired.from(), repaired.to()));
    } catch (IllegalArgumentException none) {
      throw malformed("vectors that cannot be converted: " + none.getMessage());
    }
  }

  private InferenceException malformed(String found) {
    return new InferenceException(failures.malformed(200, found));
  }

  /** What is no answer may be an error without the field of one. */
  private void throwIfError(Attempt attempt, byte[] json, int from, int to) {
    if (ErrorBody.find(json, from, to) != null) {
      throw new InferenceException(reported(attempt, json, from, to));
    }
  }

  @Override
  public Failure refused(ErrorResponse response) {
    return errors.classify(
        response.attempt(),
        response.status(),
        ErrorBody.of(response),
        RetryAdvice.of(response.headers(), time.clock().instant()));
  }

  @Override
  public @Nullable Usage usageIn(Buffer body) {
    return UsageReader.find(body);
  }

  @Override
  public @Nullable Buffer asStream(Attempt attempt, Buffer whole) {
    return switch (attempt.call().operation()) {
      case CHAT -> AnswerChunks.of(true, whole);
      case COMPLETION -> AnswerChunks.of(false, whole);
      default -> null;
    };
  }

  @Override
  public @Nullable Buffer asWhole(Attempt attempt, Buffer stream) {
    boolean one = attempt.call().body().facts().choices() <= 1;
    return one && attempt.call().operation() == Operation.CHAT
        ? AnswerForms.whole(new OpenAiChat(), this, attempt, stream)
        : null;
  }

  @Override
  public EventReader events(Attempt attempt) {
    return new OpenAiEvents(attempt, failures, this, time.ticker());
  }

  /** What an error inside an answer means that began as a success. */
  Failure reported(Attempt attempt, byte[] json, int from, int to) {
    ProviderError error = ErrorBody.read(json, from, to);
    return errors.classify(attempt, error.impliedStatus(), error, RetryAdvice.NONE);
  }
}
