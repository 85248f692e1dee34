package dev.infermux.mock;

import dev.infermux.mock.AssignedResponse.Allowance;
import dev.infermux.mock.script.MockBehaviour;
import dev.infermux.mock.script.MockPlan;
import dev.infermux.mock.script.MockRateLimit;
import dev.infermux.mock.script.MockScript;
import dev.infermux.mock.script.MockSyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what each request gets: what was queued; else what the rate limit says; else what the
 * model's plan, its name or the common plan says. Safe on any thread; makes no calls.
 */
final class ScriptEngine {

  private final InstantSource clock;
  private final Deque<MockBehaviour> queue = new ArrayDeque<>();
  private final Deque<Instant> admitted = new ArrayDeque<>();
  private final Map<String, PlanCursor> models = new HashMap<>();
  private MockScript script;
  private PlanCursor plan;
  private PlanCursor health;
  private long number;

  ScriptEngine(MockScript script, InstantSource clock) {
    this.script = script;
    this.clock = clock;
    this.plan = new PlanCursor(script.plan(), clock.instant());
    this.health = new PlanCursor(script.health(), clock.instant());
  }

  synchronized MockScript script() {
    return script;
  }

  /** Begins this script at its beginning; what is queued stays. */
  synchronized void follow(MockScript next) {
    script = next;
    plan = new PlanCursor(next.plan(), clock.instant());
    health = new PlanCursor(next.health(), clock.instant());
    models.clear();
    admitted.clear();
  }

  synchronized void queue(Collection<MockBehaviour> next) {
    queue.addAll(next);
  }

  synchronized int queued() {
    return queue.size();
  }

  synchronized void clearQueue() {
    queue.clear();
  }

  /**
   * What the next request for this model gets; {@code own} is what the program answers, or null.
   */
  synchronized AssignedResponse take(String model, @Nullable MockBehaviour own) {
    Instant now = clock.instant();
    MockBehaviour queued = queue.poll();
    if (queued != null) {
      return take(queued);
    }
    Optional<MockBehaviour> limit = limit(now);
    if (limit.isPresent()) {
      return take(limit.get());
    }
    if (own != null) {
      return take(own);
    }
    MockPlan ofModel = script.models().get(model);
    if (ofModel != null) {
      return take(models.computeIfAbsent(model, first -> new PlanCursor(ofModel, now)).next(now));
    }
    return model.startsWith(MockScript.MODEL_PREFIX) && !model.equals(MockScript.MODEL)
        ? named(model)
        : take(plan.next(now));
  }

  /** What the next request for the list of models gets. */
  synchronized AssignedResponse takeHealth() {
    return take(health.next(clock.instant()));
  }

  private AssignedResponse named(String model) {
    try {
      return take(MockBehaviour.parse(model.substring(MockScript.MODEL_PREFIX.length())));
    } catch (MockSyntaxException e) {
      MockBehaviour unknown = MockBehaviour.status(404).code("model_not_found");
      return new AssignedResponse(
          unknown,
          ++number,
          script.seed(),
          "model: \"" + model + "\": " + e.getMessage(),
          allowance());
    }
  }

  private AssignedResponse take(MockBehaviour behaviour) {
    return new AssignedResponse(behaviour, ++number, script.seed(), "", allowance());
  }

  private @Nullable Allowance allowance() {
    MockRateLimit limit = script.rateLimit();
    if (limit == null) {
      return null;
    }
    Instant oldest = admitted.peek();
    Duration per = limit.per();
    Duration reset =
        per == null || oldest == null
            ? Duration.ZERO
            : Duration.between(clock.instant(), oldest.plus(per));
    return new Allowance(limit.requests(), limit.requests() - admitted.size(), reset);
  }

  private Optional<MockBehaviour> limit(Instant now) {
    MockRateLimit limit = script.rateLimit();
    if (limit == null) {
      return Optional.empty();
    }
    Duration per = limit.per();
    while (per != null && !admitted.isEmpty() && !admitted.peek().plus(per).isAfter(now)) {
      admitted.remove();
    }
    if (admitted.size() < limit.requests()) {
      admitted.add(now);
      return Optional.empty();
    }
    MockBehaviour refused = MockBehaviour.status(429);
    Instant oldest = admitted.peek();
    return Optional.of(
        per == null || oldest == null
            ? refused
            : refused.retryAfter(Duration.between(now, oldest.plus(per))));
  }
}
