package dev.infermux.config.block;

import dev.infermux.config.schema.Durations;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Kind;
import dev.infermux.config.schema.Numbers;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.Either;
import dev.infermux.config.schema.Shape.ListOf;
import dev.infermux.config.schema.Shape.MapOf;
import dev.infermux.config.schema.Shape.One;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.mock.script.MockBehaviour;
import dev.infermux.mock.script.MockPlan;
import dev.infermux.mock.script.MockRateLimit;
import dev.infermux.mock.script.MockScript;
import dev.infermux.mock.script.MockSyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code mock} of a provider, and the whole of a script file. */
public final class MockBlock {

  private static final Kind<String> TEXT = Texts.optional("plan");
  private static final Shape PLAN =
      new Either(new One(TEXT), new ListOf(new One(Texts.optional("step"))));

  private static final Key<Long> SEED =
      Key.of("seed", Numbers.wholeLong(0), 0L, "Decides about all jitter.");
  private static final Part SCRIPT =
      Part.of(
          "script",
          PLAN,
          "How calls are answered, such as `ok 10s, status-503 5s, repeat`; absent = `ok`.");
  private static final Part MODELS =
      Part.of("models", new MapOf("model", PLAN), "The same for single models.");
  private static final Part HEALTH =
      Part.of(
          "health",
          PLAN,
          "How the list of models is answered, which health checks ask; absent = `ok`.");
  private static final Key<Integer> REQUESTS =
      Key.required("requests", Numbers.whole(0), "Calls that are answered, at most 1,000,000.");
  private static final Key<Duration> PER =
      Key.optional("per", Durations.positive(), "In any time of this length; absent = in all.");
  private static final Block LIMIT = Block.of(REQUESTS, PER);
  private static final Part RATE_LIMIT = Part.of("rate_limit", LIMIT, "Beyond it calls get a 429.");

  private static final Key<Boolean> STRICT =
      Key.of(
          "strict",
          Texts.flag(),
          false,
          "Whether fields that the real API does not know are refused.");

  public static final Block BLOCK = Block.of(SEED, SCRIPT, MODELS, RATE_LIMIT, HEALTH, STRICT);

  private static final Part NEXT =
      Part.of("next", PLAN, "Behaviours for the next calls, one each, before all else.");

  /** What a command to a running mock may contain. */
  public static final Block CONTROL =
      Block.of(SEED, SCRIPT, MODELS, RATE_LIMIT, HEALTH, STRICT, NEXT);

  private MockBlock() {}

  /** Key by key over the base. */
  public static MockScript read(Fields fields, MockScript base) {
    MockScript script = base.withSeed(fields.get(SEED, base.seed()));
    script = script.withStrict(fields.get(STRICT, base.strict()));
    script = script.withPlan(plan(fields.at(SCRIPT)).orElse(script.plan()));
    script = script.withHealth(plan(fields.at(HEALTH)).orElse(script.health()));
    if (!fields.at(MODELS).absent()) {
      script = script.withModels(models(fields.at(MODELS)));
    }
    Node limit = fields.at(RATE_LIMIT);
    return limit.absent()
        ? script
        : script.withRateLimit(limit(limit.fields(LIMIT)).orElse(script.rateLimit()));
  }

  /** What is to be queued; nothing where there is no such key. */
  public static List<MockBehaviour> next(Fields fields) {
    List<MockBehaviour> next = new ArrayList<>();
    plan(fields.at(NEXT))
        .ifPresent(
            plan -> {
              for (MockPlan.Step step : plan.steps()) {
                for (int i = 0; i < step.times(); i++) {
                  next.add(step.behaviour());
                }
              }
            });
    return next;
  }

  private static Map<String, MockPlan> models(Node node) {
    Map<String, MockPlan> models = new LinkedHashMap<>();
    node.entries().forEach((model, plan) -> plan(plan).ifPresent(one -> models.put(model, one)));
    return models;
  }

  private static Optional<MockRateLimit> limit(Fields fields) {
    int requests = fields.need(REQUESTS, 0);
    Duration per = fields.find(PER).orElse(null);
    return checked(fields.at(REQUESTS), () -> new MockRateLimit(requests, per));
  }

  /** A plan in one text, or its steps in a list. */
  private static Optional<MockPlan> plan(Node node) {
    if (node.absent()) {
      return Optional.empty();
    }
    if (!node.isList()) {
      return node.as(TEXT).flatMap(text -> checked(node, () -> MockPlan.parse(text)));
    }
    List<Node> items = node.items();
    List<String> steps = new ArrayList<>();
    for (Node item : items) {
      boolean last = item == items.get(items.size() - 1);
      item.as(TEXT)
          .filter(step -> (last && step.equals(MockPlan.REPEAT)) || isStep(item, step))
          .ifPresent(steps::add);
    }
    return steps.size() == items.size()
        ? checked(node, () -> MockPlan.parse(steps))
        : Optional.empty();
  }

  private static boolean isStep(Node item, String step) {
    return checked(item, () -> MockPlan.parse(List.of(step))).isPresent();
  }

  private static <T> Optional<T> checked(Node node, Supplier<T> value) {
    try {
      return Optional.of(value.get());
    } catch (MockSyntaxException e) {
      node.report().problem(node.path(), e.found(), e.expected());
      return Optional.empty();
    }
  }
}
