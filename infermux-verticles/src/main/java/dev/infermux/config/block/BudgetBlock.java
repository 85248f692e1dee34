package dev.infermux.config.block;

import dev.infermux.config.schema.Choices;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Numbers;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.ListOf;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.UnpricedAction;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code budgets}: a mapping, or the list of callers alone. */
public final class BudgetBlock {
  private static final BudgetOptions DEFAULTS = BudgetOptions.defaults();
  private static final int MAX_CALLER = 256;

  private static final Key<String> CALLER =
      Key.required(
          "caller",
          Texts.caller(MAX_CALLER),
          "Whose budget it is; `*` = each caller that has none of its own.");
  private static final Key<BigDecimal> MONTHLY_USD =
      Key.required("monthly_usd", Numbers.usd(), "The limit for a calendar month in UTC.");
  private static final Key<BudgetAction> ACTION =
      Key.of(
          "action",
          Choices.of(List.of(BudgetAction.values()), BudgetAction::wireName),
          BudgetAction.HARD_STOP,
          "What happens to a call that does not fit any more.");
  private static final Key<String> MODEL_OVERRIDE =
      Key.optional(
          "model_override",
          Texts.optional("model"),
          "The cheaper model; required for the action `model_override`.");

  /** An item of {@code callers}. */
  public static final Block CALLER_BLOCK = Block.of(CALLER, MONTHLY_USD, ACTION, MODEL_OVERRIDE);

  private static final Key<Path> STATE_FILE =
      Key.optional(
          "state_file", Texts.optionalPath(), "Where spend survives a restart; absent = nowhere.");
  private static final Key<Integer> RESERVE_OUTPUT_TOKENS =
      Key.of(
          "reserve_output_tokens",
          Numbers.whole(1),
          DEFAULTS.reserveOutputTokens(),
          "The longest completion of a call that names no maximum, for callers with a hard limit.");
  private static final Key<Integer> TRACKED_CALLERS =
      Key.of(
          "tracked_callers",
          Numbers.whole(1),
          DEFAULTS.trackedCallers(),
          "Callers without a budget of their own that are told apart; the rest are `other`.");
  private static final Key<UnpricedAction> UNPRICED =
      Key.of(
          "unpriced",
          Choices.of(List.of(UnpricedAction.values()), UnpricedAction::wireName),
          UnpricedAction.REFUSE,
          "What becomes of a caller with a hard limit at a model without a price.");
  private static final Part CALLERS =
      Part.of("callers", new ListOf(CALLER_BLOCK), "One budget a caller.");
  private static final Part SHARED =
      Part.of("shared", SharedBudgetBlock.BLOCK, "Budgets that several nodes share; absent = one.");
  private static final Block BLOCK =
      Block.of(STATE_FILE, RESERVE_OUTPUT_TOKENS, TRACKED_CALLERS, UNPRICED, SHARED, CALLERS);

  public static final Shape SHAPE = new Shape.Either(BLOCK, new ListOf(CALLER_BLOCK));

  /** The budget of a key: that of its caller. */
  static final Block OF_KEY = Block.of(MONTHLY_USD, ACTION, MODEL_OVERRIDE);

  private BudgetBlock() {}

  static CallerBudget ofKey(Fields fields, String caller) {
    BudgetAction action = fields.get(ACTION);
    Optional<String> override =
        action == BudgetAction.MODEL_OVERRIDE
            ? Optional.of(fields.need(MODEL_OVERRIDE, ""))
            : fields.find(MODEL_OVERRIDE);
    return new CallerBudget(
        caller, fields.need(MONTHLY_USD, BigDecimal.ZERO), action, override.orElse(null));
  }

  /**
   * Reads all budgets.
   *
   * @param isServed whether some provider may serve a model
   */
  public static BudgetOptions read(Node node, Predicate<String> isServed) {
    if (node.isList()) {
      return DEFAULTS.withCallers(callers(node, isServed));
    }
    Fields fields = node.fields(BLOCK);
    Path stateFile = fields.find(STATE_FILE).orElse(null);
    return DEFAULTS
        .withStateFile(stateFile)
        .withShared(SharedBudgetBlock.read(fields.at(SHARED), stateFile))
        .withReserveOutputTokens(fields.get(RESERVE_OUTPUT_TOKENS))
        .withTrackedCallers(fields.get(TRACKED_CALLERS))
        .withUnpriced(fields.get(UNPRICED))
        .withCallers(callers(fields.at(CALLERS), isServed));
  }

  private static List<CallerBudget> callers(Node node, Predicate<String> isServed) {
    Map<String, String> pathsByName = new LinkedHashMap<>();
    List<CallerBudget> callers = new ArrayList<>();
    for (Node item : node.items()) {
      Fields fields = item.fields(CALLER_BLOCK);
      callers.add(ofCaller(fields, isServed));
      Uniqueness.check(fields.at(CALLER), pathsByName);
    }
    return callers;
  }

  /** A budget with its caller. */
  public static CallerBudget ofCaller(Fields fields, Predicate<String> isServed) {
    return ofCaller(fields, fields.need(CALLER, "?"), isServed);
  }

  /** The budget of a caller that is named elsewhere. */
  static CallerBudget ofCaller(Fields fields, String caller, Predicate<String> isServed) {
    CallerBudget budget = ofKey(fields, caller);
    String override = budget.modelOverride();
    if (override != null && !override.isEmpty()) {
      String path = fields.at(MODEL_OVERRIDE).path();
      if (budget.action() == BudgetAction.ALERT) {
        fields.report().warn(path, "of no use with action alert");
      } else if (!isServed.test(override)) {
        fields.report().warn(path, "no configured provider serves " + override);
      }
    }
    return budget;
  }
}
