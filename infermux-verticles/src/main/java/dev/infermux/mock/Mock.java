package dev.infermux.mock;

import dev.infermux.api.ChatResponse;
import dev.infermux.api.EmbeddingResponse;
import dev.infermux.mock.script.MockBehaviour;
import dev.infermux.mock.script.MockPlan;
import dev.infermux.mock.script.MockRateLimit;
import dev.infermux.mock.script.MockScript;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A scripted model API that records its requests. The script may be changed at any time, from any
 * thread; all providers and servers that play it see the change.
 *
 * <pre>{@code
 * Mock primary = Mock.named("primary").models("gpt-4o").script("status-503 x3, ok");
 * Mock fallback = Mock.named("fallback").models("gpt-4o").answer("Hello from the fallback");
 * }</pre>
 */
public final class Mock {

  /** How many requests are remembered unless {@link #remember} says otherwise. */
  public static final int REMEMBERED = 1_000;

  private final String name;
  private final InstantSource clock;
  private final ScriptEngine engine;
  private final MockLog log = new MockLog(REMEMBERED);
  private final AtomicReference<@Nullable List<String>> models = new AtomicReference<>();
  private final AtomicReference<List<float[]>> vectors = new AtomicReference<>(List.of());
  private final AtomicReference<Function<MockCall, @Nullable MockBehaviour>> own =
      new AtomicReference<>(call -> null);

  private Mock(String name, InstantSource clock) {
    this.name = name;
    this.clock = clock;
    this.engine = new ScriptEngine(MockScript.OK, clock);
  }

  /** A mock that answers correctly until a script says otherwise. */
  public static Mock named(String name) {
    return named(name, InstantSource.system());
  }

  /** The same on a clock of one's own, for plans that go by time. */
  public static Mock named(String name, InstantSource clock) {
    return new Mock(name, clock);
  }

  public String name() {
    return name;
  }

  /** The models it serves as a provider; without any it serves all. */
  public Mock models(String... served) {
    models.set(List.of(served));
    return this;
  }

  /** Null = all. */
  public @Nullable List<String> models() {
    return models.get();
  }

  /** Follows a script from its beginning. */
  public Mock script(MockScript script) {
    return change(before -> script);
  }

  /** The change of one thread is not lost under another's. */
  private synchronized Mock change(UnaryOperator<MockScript> change) {
    engine.follow(change.apply(engine.script()));
    return this;
  }

  /** Follows a plan for all models without one of their own, such as {@code ok x10, status-429}. */
  public Mock script(String plan) {
    MockPlan next = MockPlan.parse(plan);
    return change(before -> before.withPlan(next));
  }

  /** The same for one model. */
  public Mock script(String model, String plan) {
    MockPlan next = MockPlan.parse(plan);
    return change(before -> before.withModel(model, next));
  }

  public MockScript script() {
    return engine.script();
  }

  /** Behaves so in every call. */
  public Mock always(MockBehaviour behaviour) {
    return change(before -> before.withPlan(MockPlan.always(behaviour)));
  }

  /** Answers every call with this text. */
  public Mock answer(String text) {
    return always(MockBehaviour.ok().text(text));
  }

  /**
   * Gives this answer to every chat: its text, finish reason and usage, and calls of tools where
   * the request has tools of these names.
   */
  public Mock respond(ChatResponse response) {
    return always(TypedBehaviours.of(response));
  }

  /** Gives these embeddings to every request for some. */
  public Mock respond(EmbeddingResponse response) {
    vectors.set(response.data().stream().map(EmbeddingResponse.Embedding::embedding).toList());
    return this;
  }

  /**
   * Fails every call: with the status of an {@code InferenceException}; for all else the connection
   * is torn down. A later {@code respond}, {@code answer} or {@code script} ends it.
   */
  public Mock fail(Throwable cause) {
    return always(TypedBehaviours.of(cause));
  }

  /** Lets a function choose the behaviour of each call; where it gives null the script counts. */
  public Mock answer(Function<MockCall, @Nullable MockBehaviour> function) {
    own.set(function);
    return this;
  }

  /** Takes so long before each answer of the plan that counts for all models. */
  public Mock latency(Duration latency) {
    return change(
        before -> before.withPlan(before.plan().each(behaviour -> behaviour.latency(latency))));
  }

  /** Answers so many requests in all, and then with a 429. */
  public Mock rateLimit(int requests) {
    return change(before -> before.withRateLimit(new MockRateLimit(requests, null)));
  }

  /** Answers so many requests in any time of this length, and those beyond with a 429. */
  public Mock rateLimit(int requests, Duration per) {
    return change(before -> before.withRateLimit(new MockRateLimit(requests, per)));
  }

  /** Refuses fields that the real API does not know. */
  public Mock strict() {
    return change(before -> before.withStrict(true));
  }

  /** Decides about jitter. */
  public Mock seed(long seed) {
    return change(before -> before.withSeed(seed));
  }

  /** Queues behaviours for the next requests, one each, before anything else counts. */
  public Mock next(MockBehaviour... behaviours) {
    return next(List.of(behaviours));
  }

  public Mock next(List<MockBehaviour> behaviours) {
    engine.queue(behaviours);
    return this;
  }

  /** The same in words. */
  public Mock next(String... behaviours) {
    return next(Arrays.stream(behaviours).map(MockBehaviour::parse).toList());
  }

  /** Behaviours that are queued and not used up. */
  public int queued() {
    return engine.queued();
  }

  /** Drops what is queued. */
  public Mock unqueue() {
    engine.clearQueue();
    return this;
  }

  /** Remembers so many requests from now on, the last ones. */
  public Mock remember(int requests) {
    log.keep(requests);
    return this;
  }

  /** The last requests, in order of arrival. */
  public List<MockRequest> requests() {
    return log.all();
  }

  /** How many requests there were, forgotten ones included. */
  public long count() {
    return log.count();
  }

  /** Forgets all requests. */
  public Mock forget() {
    log.clear();
    return this;
  }

  /** For players: notes a request that has arrived; its body must not change any more. */
  public MockRequest arrived(String method, String path, Map<String, String> headers, byte[] body) {
    MockRequest request = new MockRequest(clock, method, path, headers, body);
    log.add(request);
    return request;
  }

  /** For players: decides about a call. */
  public ResponsePlan score(MockCall call) {
    MockBehaviour chosen = Objects.requireNonNull(own.get()).apply(call);
    AssignedResponse assigned = engine.take(call.model(), chosen);
    long now = clock.instant().getEpochSecond();
    return new ResponsePlan(call, assigned, now, Objects.requireNonNull(vectors.get()));
  }

  /** For players: decides about a request for the list of models. */
  public ResponsePlan health() {
    return new ResponsePlan(MockCall.NONE, engine.takeHealth(), clock.instant().getEpochSecond());
  }
}
