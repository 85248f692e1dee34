package dev.infermux.dialect.responses;

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
import dev.infermux.dialect.chat.AnswerForms;
import dev.infermux.dialect.openai.OpenAiResponses;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.time.Time;
import dev.infermux.vertx.Buffers;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads what a server of the Responses API answers; bytes pass through as they came. */
public final class ResponsesReader implements ResponseDialect {

  private final ProviderFailures failures;
  private final ErrorClassifier errors;
  private final OpenAiResponses refusals;
  private final Time time;

  public ResponsesReader(ProviderFailures failures, ErrorClassifier errors, Time time) {
    this.failures = failures;
    this.errors = errors;
    this.refusals = new OpenAiResponses(failures, errors, time);
    this.time = time;
  }

  @Override
  public Framing framing() {
    return Framing.NAMED_SSE;
  }

  @Override
  public Answer whole(Attempt attempt, Buffer body) {
    ByteBuf bytes = Buffers.onHeap(body);
    int from = bytes.arrayOffset() + bytes.readerIndex();
    int to = from + bytes.readableBytes();
    ResponseObject response;
    try {
      JsonCursor json = new JsonCursor(bytes.array(), from, to);
      response = ResponseObject.read(json);
      json.end();
    } catch (JsonSyntaxException e) {
      String found = "an answer that is not a JSON object: " + e.getMessage();
      throw new InferenceException(failures.malformed(200, found));
    }
    if (attempt.call().operation() == Operation.STORED_RESPONSE) {
      return Answer.whole(body, End.whole(response.model(), null, null, 0));
    }
    JsonSlice error = response.error();
    if (error != null) {
      throw new InferenceException(reported(attempt, error));
    }
    if (attempt.call().operation() == Operation.COUNT_TOKENS && response.counted()) {
      return Answer.whole(body, End.whole("", null, null, 0));
    }
    if (!response.answered()) {
      throw noOutput(attempt, new JsonSlice(bytes.array(), from, to));
    }
    return Answer.whole(body, ended(attempt, response));
  }

  private End ended(Attempt attempt, ResponseObject response) {
    if (isCompaction(attempt)) {
      return End.whole(response.model(), response.usage(), null, response.contentChars());
    }
    String reason = response.finishReason();
    if (Completeness.isError(reason)) {
      throw new InferenceException(failures.endedWith(reason));
    }
    if (reason.isEmpty() && !response.running()) {
      throw new InferenceException(failures.malformed(200, "an answer that is not complete"));
    }
    response.issued().forEach(attempt.progress()::issued);
    return End.whole(
        response.model(),
        response.usage(),
        reason.isEmpty() ? null : reason,
        response.contentChars());
  }

  /** A shorter input is no answer of a model's: it gives no reason to end. */
  private static boolean isCompaction(Attempt attempt) {
    return attempt.call().body() instanceof ResponsesRequestBody asked
        && asked.endpoint() == ResponsesEndpoint.COMPACT;
  }

  private InferenceException noOutput(Attempt attempt, JsonSlice body) {
    return new InferenceException(
        ErrorBody.find(body.bytes(), body.from(), body.to()) == null
            ? failures.malformed(200, "an answer without an output")
            : reported(attempt, body));
  }

  /** Errors are those of OpenAI's other APIs. */
  @Override
  public Failure refused(ErrorResponse response) {
    return refusals.refused(response);
  }

  @Override
  public @Nullable Usage usageIn(Buffer body) {
    return refusals.usageIn(body);
  }

  @Override
  public @Nullable Buffer asStream(Attempt attempt, Buffer whole) {
    return AnswerForms.stream(new ResponsesChat(), framing(), attempt, whole);
  }

  @Override
  public @Nullable Buffer asWhole(Attempt attempt, Buffer stream) {
    return AnswerForms.whole(new ResponsesChat(), this, attempt, stream);
  }

  @Override
  public EventReader events(Attempt attempt) {
    return new ResponsesEvents(attempt, failures, this, time.ticker());
  }

  /** What an error inside an answer means that began as a success. */
  Failure reported(Attempt attempt, JsonSlice error) {
    ProviderError said = ErrorBody.read(error.bytes(), error.from(), error.to());
    return errors.classify(attempt, said.impliedStatus(), said, RetryAdvice.NONE);
  }
}
