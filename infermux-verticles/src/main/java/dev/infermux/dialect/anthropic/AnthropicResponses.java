package dev.infermux.dialect.anthropic;

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
import dev.infermux.dialect.UsageFinder;
import dev.infermux.dialect.chat.AnswerForms;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.time.Time;
import dev.infermux.vertx.Buffers;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads what a server of Anthropic's dialect answers; bytes pass through as they came. */
public final class AnthropicResponses implements ResponseDialect {

  private static final AnthropicChat CHAT = new AnthropicChat(model -> 0);

  private final ProviderFailures failures;
  private final ErrorClassifier errors;
  private final Time time;

  public AnthropicResponses(ProviderFailures failures, ErrorClassifier errors, Time time) {
    this.failures = failures;
    this.errors = errors;
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
    if (from == to) {
      throw new InferenceException(failures.malformed(200, "an empty answer"));
    }
    try {
      return read(attempt, body, bytes.array(), from, to);
    } catch (JsonSyntaxException e) {
      String found = "an answer that is not JSON: " + e.getMessage();
      throw new InferenceException(failures.malformed(200, found));
    }
  }

  private Answer read(Attempt attempt, Buffer body, byte[] bytes, int from, int to) {
    JsonCursor json = new JsonCursor(bytes, from, to);
    MessageReading message = new MessageReading();
    boolean counted = false;
    boolean error = false;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MessageFields.ERROR)) {
        error |= ErrorBody.told(json);
      } else if (json.nameIs(MessageFields.INPUT_TOKENS)) {
        counted |= json.kind() == JsonKind.NUMBER;
        json.skip();
      } else {
        message.field(json);
      }
    }
    json.end();
    if (error || (!message.hasContent() && !counted && ErrorBody.find(bytes, from, to) != null)) {
      throw new InferenceException(reported(attempt, bytes, from, to));
    }
    if (attempt.call().operation() == Operation.COUNT_TOKENS) {
      return counted ? Answer.whole(body, End.whole("", null, null, 0)) : nothing("a count");
    }
    if (!message.hasContent()) {
      return nothing("content");
    }
    String reason = message.stopReason();
    if (Completeness.isError(reason)) {
      throw new InferenceException(failures.endedWith(reason));
    }
    if (reason.isEmpty()) {
      return nothing("a reason to end");
    }
    message.issued().forEach(attempt.progress()::issued);
    return Answer.whole(
        body, End.whole(message.model(), message.usage().usage(), reason, message.taken()));
  }

  private Answer nothing(String missing) {
    throw new InferenceException(failures.malformed(200, "an answer without " + missing));
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
    MessageUsage usage = new MessageUsage();
    return UsageFinder.find(
        body,
        json -> {
          usage.read(json);
          return usage.usage();
        });
  }

  @Override
  public @Nullable Buffer asStream(Attempt attempt, Buffer whole) {
    return chats(attempt) ? AnswerForms.stream(CHAT, framing(), attempt, whole) : null;
  }

  @Override
  public @Nullable Buffer asWhole(Attempt attempt, Buffer stream) {
    return chats(attempt) ? AnswerForms.whole(CHAT, this, attempt, stream) : null;
  }

  private static boolean chats(Attempt attempt) {
    return attempt.call().operation() == Operation.CHAT;
  }

  @Override
  public EventReader events(Attempt attempt) {
    return new AnthropicEvents(attempt, failures, this, time.ticker());
  }

  /** What an error inside an answer means that began as a success. */
  Failure reported(Attempt attempt, byte[] json, int from, int to) {
    ProviderError error = ErrorBody.read(json, from, to);
    return errors.classify(attempt, error.impliedStatus(), error, RetryAdvice.NONE);
  }
}
