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
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.time.Time;
import dev.infermux.vertx.Buffers;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads what a server of OpenAI's dialect answers; bytes pass through as they came. */
public final class OpenAiResponses implements ResponseDialect {

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
      throw new InferenceException(failures.malformed(200, "an empty answer"));
    }
    AnswerReader answer;
    try {
      answer = AnswerReader.read(attempt.call().operation(), bytes.array(), from, to);
    } catch (JsonSyntaxException e) {
      throwIfError(attempt, bytes.array(), from, to);
      String found = "an answer that is not JSON: " + e.getMessage();
      throw new InferenceException(failures.malformed(200, found));
    }
    if (answer.failed()) {
      throw new InferenceException(reported(attempt, bytes.array(), from, to));
    }
    if (!answer.answered()) {
      throwIfError(attempt, bytes.array(), from, to);
      throw new InferenceException(failures.malformed(200, "an answer without any choice or data"));
    }
    return answer.answer(body);
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
        RateLimitHeaders.advice(response.headers(), time.clock().instant()));
  }

  @Override
  public @Nullable Usage usageIn(Buffer body) {
    return UsageReader.find(body);
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
