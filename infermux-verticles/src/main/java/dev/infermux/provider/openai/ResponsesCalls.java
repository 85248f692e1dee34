package dev.infermux.provider.openai;

import dev.infermux.dialect.RequestBuffers;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.dialect.responses.ResponsesChat;
import dev.infermux.dialect.responses.ResponsesEndpoint;
import dev.infermux.dialect.responses.ResponsesRequestBody;
import dev.infermux.dialect.responses.StoredResponse;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Call;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.provider.http.ApiRequests;
import dev.infermux.provider.http.Upstream;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** The Responses API of a provider, as far as it has one. */
final class ResponsesCalls {

  private static final String PATH = "/responses";
  private static final String JSON = "application/json";

  private final Upstream upstream;
  private final ApiRequests requests;
  private final ResponseDialect answers;
  private final ResponsesPresence presence;
  private final ResponsesPresence counts;
  private final RequestOptions whole;
  private final RequestOptions counted;
  private final RequestOptions compacted;
  private final RequestOptions streamed;

  /**
   * Takes what the cells have found out together.
   *
   * @param presence whether there are responses
   * @param counts whether there are counts of tokens
   */
  ResponsesCalls(
      Upstream upstream,
      ApiRequests requests,
      ResponseDialect answers,
      ResponsesPresence presence,
      ResponsesPresence counts) {
    this.upstream = upstream;
    this.requests = requests;
    this.answers = answers;
    this.presence = presence;
    this.counts = counts;
    this.whole = requests.post(PATH, JSON);
    this.counted = requests.post(PATH + ResponsesEndpoint.COUNT.path(), JSON);
    this.compacted = requests.post(PATH + ResponsesEndpoint.COMPACT.path(), JSON);
    this.streamed = requests.post(PATH, "text/event-stream");
  }

  /** Whether a call is one of the API's. */
  static boolean owns(Dialect dialect) {
    return dialect.id().equals(ResponsesChat.DIALECT.id());
  }

  /** Whether the provider has the API, as far as is known. */
  boolean speaks(Operation operation) {
    return switch (operation) {
      case CHAT, STORED_RESPONSE -> presence.assumed();
      case COUNT_TOKENS -> presence.assumed() && counts.assumed();
      default -> false;
    };
  }

  /** Whether a model has this API alone. */
  boolean alone(String model) {
    return presence.alone(model);
  }

  /** Learns from a call of another API that failed. */
  void noteChat(String model, Throwable failed) {
    presence.noteChat(model, InferenceException.failureOf(failed));
  }

  Future<Answer> call(Attempt attempt) {
    Call call = attempt.call();
    if (call.body() instanceof StoredResponse stored) {
      String contentType = stored.method().equals("POST") ? JSON : null;
      RequestOptions request =
          requests.of(HttpMethod.valueOf(stored.method()), stored.path(), contentType);
      return upstream.send(attempt, request, RequestBuffers.of(attempt), answers);
    }
    if (call.body() instanceof ResponsesRequestBody body
        && body.endpoint() != ResponsesEndpoint.CREATE) {
      return beside(attempt, body.endpoint());
    }
    RequestOptions request = call.stream() ? streamed : whole;
    return upstream
        .send(attempt, request, RequestBuffers.of(attempt), answers)
        .onFailure(failed -> presence.note(attempt.model(), InferenceException.failureOf(failed)));
  }

  /** A server may have the API and not this part of it. */
  private Future<Answer> beside(Attempt attempt, ResponsesEndpoint endpoint) {
    Buffer body = RequestBuffers.of(attempt);
    return endpoint == ResponsesEndpoint.COMPACT
        ? upstream.send(attempt, compacted, body, answers)
        : upstream
            .send(attempt, counted, body, answers)
            .onFailure(failed -> counts.note(InferenceException.failureOf(failed)));
  }
}
