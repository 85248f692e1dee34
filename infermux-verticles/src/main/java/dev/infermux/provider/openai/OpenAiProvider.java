package dev.infermux.provider.openai;

import dev.infermux.dialect.ErrorResponse;
import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.dialect.openai.AnswerReader;
import dev.infermux.dialect.openai.OpenAiEvents;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.provider.HealthCheck;
import dev.infermux.provider.Provider;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.http.BaseUrl;
import dev.infermux.provider.http.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI, and every server that speaks its dialect under some base URL.
 *
 * <p>Bytes pass through: the request is the caller's body with at most its model and its wish for
 * usage rewritten, and the answer is read in one pass and handed on as it came. The provider's
 * {@code timeout} runs from the call to the head of the answer, and once more from there to the end
 * of a whole body.
 */
public final class OpenAiProvider implements Provider, ResponseDialect {

  private static final String DEFAULT_PATH = "/v1";
  private static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");

  private final Upstream upstream;
  private final Requests requests;
  private final ProviderFailures failures;
  private final ErrorClassifier errors;
  private final @Nullable Secret apiKey;

  /** Opens no connection yet; must run on the event loop that will make the calls. */
  public OpenAiProvider(Vertx vertx, ProviderOptions options) {
    BaseUrl baseUrl = BaseUrl.of(options.baseUrl(), DEFAULT_PATH);
    this.upstream = new Upstream(vertx, options, baseUrl);
    this.apiKey = options.apiKey();
    this.requests = new Requests(baseUrl, apiKey);
    this.failures = upstream.failures();
    this.errors = new ErrorClassifier(failures, apiKey, Clock.systemUTC());
  }

  @Override
  public Future<Answer> call(Attempt attempt) {
    // Wrapped, not copied: nobody changes a body's bytes.
    Buffer body = BufferInternal.buffer(Unpooled.wrappedBuffer(attempt.openAiBody()));
    return upstream.send(attempt, requests.to(attempt.call()), body, this);
  }

  /** The list of models says whether the API is there and takes the key. */
  @Override
  public Future<Void> check(HealthCheck check) {
    if (check.completion() != null) {
      return Provider.super.check(check);
    }
    return upstream
        .status(requests.models(), check.cancellation())
        .compose(new ModelList(failures)::judge);
  }

  @Override
  public void head(Attempt attempt, HttpClientRequest request) {
    String traceparent = attempt.traceparent();
    if (traceparent != null) {
      request.putHeader(TRACEPARENT, traceparent);
    }
    Secret credential = attempt.call().credential();
    if (apiKey == null && credential != null) {
      request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + credential.reveal());
    }
  }

  @Override
  public Answer whole(Attempt attempt, Buffer body) {
    ByteBuf bytes = ((BufferInternal) body).getByteBuf();
    int from = bytes.arrayOffset() + bytes.readerIndex();
    int to = from + bytes.readableBytes();
    if (from == to) {
      throw new InferenceException(failures.malformed(200, "an empty answer"));
    }
    AnswerReader answer;
    try {
      answer = AnswerReader.read(attempt.call().operation(), bytes.array(), from, to);
    } catch (JsonSyntaxException e) {
      String found = "an answer that is not JSON: " + e.getMessage();
      throw new InferenceException(failures.malformed(200, found));
    }
    if (answer.failed()) {
      throw new InferenceException(errors.reported(attempt, bytes.array(), from, to));
    }
    if (!answer.answered()) {
      throw new InferenceException(failures.malformed(200, "an answer without any choice or data"));
    }
    return answer.answer(body);
  }

  @Override
  public Failure refused(ErrorResponse response) {
    return errors.refused(response);
  }

  @Override
  public EventReader events(Attempt attempt) {
    return new OpenAiEvents(attempt, failures, errors);
  }

  @Override
  public Future<Void> close() {
    return upstream.close();
  }
}
