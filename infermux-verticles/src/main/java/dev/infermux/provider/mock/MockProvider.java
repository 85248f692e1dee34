package dev.infermux.provider.mock;

import dev.infermux.dialect.ProviderError;
import dev.infermux.dialect.openai.OpenAiPaths;
import dev.infermux.dialect.openai.RelayedRequest;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import dev.infermux.mock.FixedAnswer;
import dev.infermux.mock.Mock;
import dev.infermux.mock.MockCall;
import dev.infermux.mock.MockRequest;
import dev.infermux.mock.OpenAiRefusal;
import dev.infermux.mock.ResponsePlan;
import dev.infermux.mock.http.MockAnswerListener.State;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.spi.HealthCheck;
import dev.infermux.spi.Provider;
import dev.infermux.time.Time;
import dev.infermux.vertx.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A mock as a provider, without any network. Its failures are those that a model API which behaved
 * so would cause; its silences end by the provider's own timeouts.
 */
public final class MockProvider implements Provider {

  private static final String BASE_PATH = "/v1";

  private final MockEnvironment environment;
  private final ProviderOptions options;
  private final Mock mock;

  /**
   * Plays a mock that other cells may play as well; runs on the event loop that makes the calls.
   */
  public MockProvider(Vertx vertx, Time time, ProviderOptions options, Mock mock) {
    this.environment = new MockEnvironment(time, EventLoop.current(vertx), options);
    this.options = options;
    this.mock = mock;
  }

  @Override
  public Future<Answer> call(Attempt attempt) {
    if (attempt.cancellation().isCancelled()) {
      Failure left = environment.failures().cancelled();
      return Future.failedFuture(new InferenceException(left));
    }
    Call call = attempt.call();
    if (call.body() instanceof RelayedRequest relayed) {
      return relayed(attempt, relayed);
    }
    byte[] body = call.body().withModel(attempt.model()).bytes();
    MockRequest seen =
        mock.arrived("POST", BASE_PATH + OpenAiPaths.of(call.operation()), headers(attempt), body);
    ProviderError refusal = OpenAiRefusal.of(mock, call.operation(), body);
    if (refusal != null) {
      seen.end(State.ANSWERED);
      return Future.failedFuture(
          new InferenceException(MockErrorClassifier.refused(environment, attempt, refusal)));
    }
    ResponsePlan plan = mock.score(MockCall.of(call.operation(), call.body(), attempt.model()));
    seen.meets(plan);
    return new MockAttempt(environment, attempt, plan, seen, null).begin();
  }

  /** It has one answer, which is whole also where a stream is asked for. */
  private Future<Answer> relayed(Attempt attempt, RelayedRequest request) {
    byte[] body = request.bytesFor(attempt.model());
    Map<String, String> headers = headers(attempt);
    headers.put("content-type", request.contentType());
    MockRequest seen = mock.arrived("POST", BASE_PATH + request.path(), headers, body);
    ResponsePlan plan = mock.score(MockCall.relayed(attempt.model(), false));
    seen.meets(plan);
    FixedAnswer answer = FixedAnswer.of(request.path(), body);
    return new MockAttempt(environment, attempt, plan, seen, answer).begin();
  }

  /** The plan for health decides, unless a completion is to be asked for. It is no request. */
  @Override
  public Future<Void> check(HealthCheck check) {
    if (check.completion() != null) {
      return Provider.super.check(check);
    }
    return new MockStatusRequest(environment, mock.health(), check.cancellation()).begin();
  }

  private Map<String, String> headers(Attempt attempt) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    Secret own = options.apiKey();
    Secret credential = own == null ? attempt.call().credential() : own;
    if (credential != null) {
      headers.put("authorization", "Bearer " + credential);
    }
    String traceparent = attempt.traceparent();
    if (traceparent != null) {
      headers.put("traceparent", traceparent);
    }
    return headers;
  }
}
