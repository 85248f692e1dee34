package dev.infermux.provider.openai;

import dev.infermux.dialect.ErrorClassifier;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.RequestBuffers;
import dev.infermux.dialect.UpstreamErrorClassifier;
import dev.infermux.dialect.openai.OpenAiPaths;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.dialect.openai.OpenAiResponses;
import dev.infermux.dialect.openai.RelayedAnswers;
import dev.infermux.dialect.openai.RelayedRequest;
import dev.infermux.dialect.responses.ResponsesReader;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Call;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.Operation;
import dev.infermux.provider.PrefillOptions;
import dev.infermux.provider.ProviderFactory;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.http.ApiRequests;
import dev.infermux.provider.http.ApiRequests.KeyHeader;
import dev.infermux.provider.http.BaseUrl;
import dev.infermux.provider.http.ModelList;
import dev.infermux.provider.http.ModelList.Elsewhere;
import dev.infermux.provider.http.Upstream;
import dev.infermux.spi.HealthCheck;
import dev.infermux.spi.Provider;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI, and every server that speaks its dialect under some base URL.
 *
 * <p>Bytes pass through: the request is the caller's body with at most its model and its wish for
 * usage rewritten, and the answer is read in one pass and handed on as it came. The provider's
 * {@code timeout} runs from the call to the head of the answer, and once more from there to the end
 * of a whole body.
 */
public final class OpenAiProvider implements Provider {

  private static final String DEFAULT_PATH = "/v1";
  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";
  private static final String MODELS = "/models";

  private final Upstream upstream;
  private final ApiRequests requests;
  private final Map<Operation, RequestOptions> whole = new EnumMap<>(Operation.class);
  private final Map<Operation, RequestOptions> streamed = new EnumMap<>(Operation.class);
  private final ProviderFailures failures;
  private final RelayedAnswers relayed;
  private final ResponsesCalls responses;
  private final PrefillOptions prefill;
  private final AddedFields added;
  private final @Nullable Elsewhere elsewhere;

  /** Opens no connection yet; must run on the event loop that will make the calls. */
  public OpenAiProvider(Vertx vertx, Time time, ProviderOptions options) {
    this(vertx, time, options, KeyHeader.BEARER);
  }

  /** The same for a server that takes its key in another header. */
  public OpenAiProvider(Vertx vertx, Time time, ProviderOptions options, KeyHeader keyHeader) {
    this(vertx, time, options, Learned.of(options, time), keyHeader);
  }

  private OpenAiProvider(
      Vertx vertx, Time time, ProviderOptions options, Learned learned, KeyHeader keyHeader) {
    BaseUrl baseUrl = BaseUrl.of(options.baseUrl(), DEFAULT_PATH);
    this.failures = new ProviderFailures(options.name());
    this.prefill = options.prefill();
    ErrorClassifier errors = new UpstreamErrorClassifier(failures, options.apiKey());
    OpenAiResponses dialect = new OpenAiResponses(failures, errors, time);
    this.relayed = new RelayedAnswers(dialect, failures, time.ticker());
    this.requests = new ApiRequests(baseUrl, options, keyHeader, Map.of(), true);
    BaseUrl usual = baseUrl.below(DEFAULT_PATH);
    this.elsewhere =
        baseUrl.path().endsWith(DEFAULT_PATH)
            ? null
            : new Elsewhere(requests.get(usual, MODELS), usual.toString());
    for (Operation operation : OpenAiPaths.OPERATIONS) {
      whole.put(operation, requests.post(OpenAiPaths.of(operation), JSON));
      streamed.put(operation, requests.post(OpenAiPaths.of(operation), EVENTS));
    }
    this.upstream =
        new Upstream(vertx, time, options, baseUrl, new Upstream.Protocol(dialect, requests));
    this.responses =
        new ResponsesCalls(
            upstream,
            requests,
            new ResponsesReader(failures, errors, time),
            learned.presence(),
            learned.counts());
    this.added = new AddedFields(options.streamUsage(), learned.refused());
  }

  /** Makes the provider for each cell; what one learns of its API all know. */
  public static ProviderFactory factory(Time time, ProviderOptions options) {
    Learned learned = Learned.of(options, time);
    return (vertx, own) -> new OpenAiProvider(vertx, time, own, learned, KeyHeader.BEARER);
  }

  /** What is found out about the API. */
  private record Learned(
      ResponsesPresence presence, ResponsesPresence counts, RefusedFields refused) {

    static Learned of(ProviderOptions options, Time time) {
      return new Learned(
          new ResponsesPresence(options, time.ticker()),
          new ResponsesPresence(options, time.ticker()),
          new RefusedFields(time.ticker()));
    }
  }

  @Override
  public boolean speaks(Dialect dialect, Operation operation) {
    return ResponsesCalls.owns(dialect)
        ? responses.speaks(operation)
        : Provider.super.speaks(dialect, operation);
  }

  @Override
  public boolean speaks(Dialect dialect, Operation operation, String model) {
    return speaks(dialect, operation)
        && (!talks(operation) || ResponsesCalls.owns(dialect) || !responses.alone(model));
  }

  @Override
  public Future<Answer> call(Attempt attempt) {
    if (ResponsesCalls.owns(attempt.call().body().dialect())) {
      return responses.call(attempt);
    }
    Call call = attempt.call();
    if (call.body() instanceof RelayedRequest relay) {
      RequestOptions head = requests.relay(relay.path(), relay.contentType());
      return upstream.send(attempt, head, bytes(attempt), relayed);
    }
    RequestOptions request = (call.stream() ? streamed : whole).get(call.operation());
    if (request == null) {
      throw new IllegalArgumentException(call.operation() + " is not spoken here");
    }
    Future<Answer> answer =
        added.send(attempt, asked -> upstream.send(asked, request, bytes(asked)));
    return talks(call.operation())
        ? answer.onFailure(failed -> responses.noteChat(attempt.model(), failed))
        : answer;
  }

  private static boolean talks(Operation operation) {
    return operation == Operation.CHAT || operation == Operation.COMPLETION;
  }

  /** Wrapped, not copied: a body's bytes never change. */
  private Buffer bytes(Attempt attempt) {
    return attempt.continues() && attempt.call().body() instanceof OpenAiRequestBody body
        ? RequestBuffers.of(body.goingOn(prefill.of(attempt.model())), attempt.model())
        : RequestBuffers.of(attempt);
  }

  /** The list of models says whether the API is there and takes the key. */
  @Override
  public Future<Void> check(HealthCheck check) {
    if (check.completion() != null) {
      return Provider.super.check(check);
    }
    ModelList list = new ModelList(failures);
    return elsewhere == null
        ? list.ask(upstream, requests.get(MODELS), check)
        : list.ask(upstream, requests.get(MODELS), elsewhere, check);
  }

  @Override
  public Future<Void> close() {
    return upstream.close();
  }
}
