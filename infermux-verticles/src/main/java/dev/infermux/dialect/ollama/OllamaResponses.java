package dev.infermux.dialect.ollama;

import dev.infermux.dialect.Completeness;
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
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.time.Time;
import dev.infermux.vertx.Buffers;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads what a server of Ollama's dialect answers; bytes pass through as they came. */
public final class OllamaResponses implements ResponseDialect {

  private final ProviderFailures failures;
  private final ErrorClassifier errors;
  private final Time time;

  public OllamaResponses(ProviderFailures failures, ErrorClassifier errors, Time time) {
    this.failures = failures;
    this.errors = errors;
    this.time = time;
  }

  @Override
  public Framing framing() {
    return Framing.NDJSON;
  }

  @Override
  public Answer whole(Attempt attempt, Buffer body) {
    ByteBuf bytes = Buffers.onHeap(body);
    int from = bytes.arrayOffset() + bytes.readerIndex();
    int to = from + bytes.readableBytes();
    if (from == to) {
      throw malformed("an empty answer");
    }
    OllamaObject answer;
    try {
      answer = OllamaObject.read(bytes.array(), from, to);
    } catch (JsonSyntaxException e) {
      throw malformed("an answer that is not a JSON object: " + e.getMessage());
    }
    boolean nothing = !answer.speaks() && !answer.embeds();
    if (answer.failed() || (nothing && ErrorBody.find(bytes.array(), from, to) != null)) {
      throw new InferenceException(reported(attempt, bytes.array(), from, to));
    }
    boolean vectors = attempt.call().operation() == Operation.EMBEDDINGS;
    if (vectors ? !answer.embeds() : !answer.speaks()) {
      throw malformed("an answer without " + (vectors ? "embeddings" : "a message"));
    }
    if (!vectors && !answer.done()) {
      throw malformed("an answer that is not done");
    }
    String reason = answer.endReason(!answer.calls().isEmpty());
    if (!vectors && reason.isEmpty()) {
      throw malformed("an answer without a reason to end");
    }
    if (Completeness.isError(reason)) {
      throw new InferenceException(failures.endedWith(reason));
    }
    return Answer.whole(
        body,
        End.whole(answer.model(), answer.usage(), vectors ? null : reason, answer.contentChars()));
  }

  private InferenceException malformed(String found) {
    return new InferenceException(failures.malformed(200, found));
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
    byte[] bytes = body.getBytes();
    try {
      return OllamaObject.read(bytes, 0, bytes.length).usage();
    } catch (JsonSyntaxException none) {
      return null;
    }
  }

  @Override
  public EventReader events(Attempt attempt) {
    return new OllamaEvents(attempt, failures, this, time.ticker());
  }

  /** What an error inside an answer means that began as a success. */
  Failure reported(Attempt attempt, byte[] json, int from, int to) {
    ProviderError error = ErrorBody.read(json, from, to);
    return errors.classify(attempt, error.impliedStatus(), error, RetryAdvice.NONE);
  }
}
