package dev.infermux.mock.script;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole script of a mock. A model with a plan of its own gets that; else one whose name begins
 * with {@code mock-} gets what its name says; all others, and {@code mock-v1}, get {@code plan}.
 * Immutable.
 *
 * @param seed decides about all jitter
 * @param health what the list of models gets, which health checks ask for
 * @param rateLimit null = none
 * @param strict whether fields that the real API does not know are refused
 */
public record MockScript(
    long seed,
    MockPlan plan,
    Map<String, MockPlan> models,
    MockPlan health,
    @Nullable MockRateLimit rateLimit,
    boolean strict) {

  /** The model of a mock that has no list of them; the plan for all models counts for it. */
  public static final String MODEL = "mock-v1";

  /** What a model's name begins with when the rest of it is a behaviour. */
  public static final String MODEL_PREFIX = "mock-";

  /** Correct answers for ever. */
  public static final MockScript OK =
      new MockScript(0, MockPlan.OK, Map.of(), MockPlan.OK, null, false);

  public MockScript {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }

  /** What a mock serves that lists no models: {@link #MODEL}, and those that have a plan. */
  public List<String> ownModels() {
    return Stream.concat(Stream.of(MODEL), models.keySet().stream()).distinct().toList();
  }

  public MockScript withSeed(long seed) {
    return new MockScript(seed, plan, models, health, rateLimit, strict);
  }

  public MockScript withPlan(MockPlan plan) {
    return new MockScript(seed, plan, models, health, rateLimit, strict);
  }

  /** With a plan for one model. */
  public MockScript withModel(String model, MockPlan plan) {
    Map<String, MockPlan> more = new LinkedHashMap<>(models);
    more.put(model, plan);
    return withModels(more);
  }

  public MockScript withModels(Map<String, MockPlan> models) {
    return new MockScript(seed, plan, models, health, rateLimit, strict);
  }

  public MockScript withHealth(MockPlan health) {
    return new MockScript(seed, plan, models, health, rateLimit, strict);
  }

  public MockScript withRateLimit(@Nullable MockRateLimit rateLimit) {
    return new MockScript(seed, plan, models, health, rateLimit, strict);
  }

  public MockScript withStrict(boolean strict) {
    return new MockScript(seed, plan, models, health, rateLimit, strict);
  }
}
