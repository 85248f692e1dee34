package dev.infermux.config.block;

import dev.infermux.config.schema.Durations;
import dev.infermux.config.schema.Instants;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.ListOf;
import dev.infermux.config.schema.Shape.One;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.keys.KeyRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What {@code POST keys} takes. */
public final class VirtualKeyBlock {
  private static final int MAX_ATTRIBUTION = 256;

  private static final Key<String> CALLER =
      Key.required("caller", Texts.caller(MAX_ATTRIBUTION), "Whom its calls are put down to.");
  private static final Key<String> PROJECT =
      Key.optional("project", Texts.optional("name"), "And to which project.");
  private static final Key<String> ENV =
      Key.optional("env", Texts.optional("name"), "And to which environment.");
  private static final Part MODELS =
      Part.of("models", new ListOf(new One(Texts.model())), "What it may ask for; absent = all.");
  private static final Key<Instant> EXPIRES_AT =
      Key.optional("expires_at", Instants.rfc3339(), "When it ends; absent = never.");
  private static final Key<Duration> EXPIRES_IN =
      Key.optional("expires_in", Durations.positive(), "The same, from now.");
  private static final Part LIMITS =
      Part.of("limits", CallerLimitBlock.BLOCK, "What its caller may ask for.");
  private static final Part BUDGET =
      Part.of("budget", BudgetBlock.OF_KEY, "What its caller may spend in a month.");

  public static final Block BLOCK =
      Block.of(CALLER, PROJECT, ENV, MODELS, EXPIRES_AT, EXPIRES_IN, LIMITS, BUDGET);

  private VirtualKeyBlock() {}

  /**
   * A request for a key.
   *
   * @param isServed whether a model is served by a configured provider
   */
  public static KeyRequest read(Fields fields, Predicate<String> isServed, InstantSource clock) {
    String caller = fields.need(CALLER, "?");
    AuthBlock.named(fields.at(CALLER), caller);
    Node limits = fields.at(LIMITS);
    Node budget = fields.at(BUDGET);
    return new KeyRequest(
        caller,
        fields.find(PROJECT).orElse(""),
        fields.find(ENV).orElse(""),
        models(fields.at(MODELS)),
        end(fields, clock),
        limits.absent() ? null : CallerLimitBlock.read(limits.fields(CallerLimitBlock.BLOCK)),
        budget.absent()
            ? null
            : BudgetBlock.ofCaller(budget.fields(BudgetBlock.OF_KEY), caller, isServed));
  }

  private static List<String> models(Node node) {
    List<String> models = new ArrayList<>();
    node.items().forEach(item -> item.need(Texts.model()).ifPresent(models::add));
    if (node.isList() && models.isEmpty()) {
      node.report().problem(node.path(), "[]", "at least one model, or no models key at all");
    }
    return models;
  }

  private static @Nullable Instant end(Fields fields, InstantSource clock) {
    Instant end =
        fields
            .find(EXPIRES_AT)
            .or(() -> fields.find(EXPIRES_IN).map(clock.instant()::plus))
            .orElse(null);
    if (!fields.at(EXPIRES_AT).absent() && !fields.at(EXPIRES_IN).absent()) {
      fields.report().problem("expires_in", "given beside expires_at", "one of the two");
    } else if (end != null && !end.isAfter(clock.instant())) {
      fields.report().problem("expires_at", end.toString(), "a time to come");
    }
    return end;
  }
}
