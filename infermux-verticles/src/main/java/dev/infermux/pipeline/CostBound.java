package dev.infermux.pipeline;

import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Call;
import dev.infermux.inference.ErrorCode;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usd;
import dev.infermux.pipeline.selection.Router;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.CallerBudgets;
import dev.infermux.policy.budget.PromptBound;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.budget.UnitPrice;
import dev.infermux.policy.budget.UnpricedAction;
import dev.infermux.policy.routing.Candidate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a call may cost at most, and whether its caller's budget has to be asked. */
final class CostBound {

  private final BudgetOptions budgets;
  private final CallerBudgets byCaller;
  private final Router router;
  private final CandidatePrices prices;
  private final boolean moves;

  /**
   * Takes what the bound depends on.
   *
   * @param moves whether a stream that has begun may still go on at another provider
   */
  public CostBound(BudgetOptions budgets, Router router, Pricing pricing, boolean moves) {
    this.budgets = budgets;
    this.byCaller = budgets.byCaller();
    this.router = router;
    this.prices = new CandidatePrices(pricing);
    this.moves = moves;
  }

  boolean mayMove() {
    return moves;
  }

  /** With a state file every call is written down before its answer is handed out. */
  boolean reserves(Call call) {
    return !call.operation().free()
        && (budgets.stateFile() != null || byCaller.of(call.attribution().caller()) != null);
  }

  /** What the call would ask of its caller's budget. */
  ReservationRequest request(Call call) {
    long prompt = promptBound(call);
    String override = override(call);
    List<Candidate> candidates = bounded(call, call.model());
    // Nothing of what was asked has a price, but something in its place does.
    boolean replaced = candidates.isEmpty() && !instead(call).isEmpty();
    ReservationRequest request =
        request(
            call,
            prompt,
            replaced ? UnitPrice.UNKNOWN : prices.dearest(candidates, prompt, call.body().facts()),
            override.isEmpty() ? null : overridden(call, override, prompt));
    return request.maxTokens() == ReservationRequest.NOT_GIVEN
        ? request.otherwise(unlimited(call, replaced ? instead(call) : candidates), limitable(call))
        : request;
  }

  /** Who may serve the budget's override model. */
  private List<Candidate> instead(Call call) {
    String override = override(call);
    return override.isEmpty() ? List.of() : bounded(call, override);
  }

  /** An answer of text can be told how long it may be, where its API has a field for that. */
  private static boolean limitable(Call call) {
    boolean text = call.operation() == Operation.CHAT || call.operation() == Operation.COMPLETION;
    return text && call.body().takesMaxTokens();
  }

  /** The tokens to reserve for a completion of which the caller says nothing. */
  private long unlimited(Call call, List<Candidate> candidates) {
    if (limitable(call)) {
      return mostOutput(candidates);
    }
    // Nobody can be held to less than a model's largest.
    return candidates.stream()
        .mapToLong(prices::mostOutput)
        .map(own -> own > 0 ? own : budgets.reserveOutputTokens())
        .max()
        .orElse(budgets.reserveOutputTokens());
  }

  /** A length that every candidate can write, and within what the configuration allows. */
  private long mostOutput(List<Candidate> candidates) {
    long most = budgets.reserveOutputTokens();
    for (Candidate candidate : candidates) {
      int own = prices.mostOutput(candidate);
      most = own > 0 ? Math.min(most, own) : most;
    }
    return most;
  }

  /** The providers that a caller with a hard limit may not reach, since no price bounds a call. */
  Set<String> unpriced(Call call) {
    if (!refusesUnpriced(call)) {
      return Set.of();
    }
    Set<String> unpriced = Set.of();
    for (Candidate candidate : router.reachable(call, call.model())) {
      if (!prices.bounds(candidate)) {
        unpriced = unpriced.isEmpty() ? new LinkedHashSet<>() : unpriced;
        unpriced.add(candidate.provider());
      }
    }
    return unpriced;
  }

  private boolean refusesUnpriced(Call call) {
    CallerBudget budget = byCaller.of(call.attribution().caller());
    return budget != null
        && budget.action() == BudgetAction.HARD_STOP
        && budgets.unpriced() == UnpricedAction.REFUSE
        && !call.operation().free();
  }

  private List<Candidate> bounded(Call call, String model) {
    List<Candidate> candidates = router.reachable(call, model);
    if (!refusesUnpriced(call)) {
      return candidates;
    }
    for (Candidate candidate : candidates) {
      if (!prices.bounds(candidate)) {
        return candidates.stream().filter(prices::bounds).toList();
      }
    }
    return candidates;
  }

  /** Whether the provider of an attempt was there when its call's money was reserved. */
  boolean foresaw(AttemptContext attempt) {
    return prices.foresaw(attempt.candidate());
  }

  /** Whether a caller may not reach the provider of an attempt, since no price bounds it. */
  boolean refuses(AttemptContext attempt) {
    return refusesUnpriced(attempt.asked()) && !prices.bounds(attempt.candidate());
  }

  /** Why a call is refused that nobody may be asked whose costs are known; null where one may. */
  @Nullable InferenceException unbounded(Call call, Set<String> unpriced) {
    if (call.body().inBackground() && refusesUnpriced(call)) {
      return unbounded(
          "background: true: the provider bills the answer after the call, and caller \""
              + call.attribution().caller()
              + "\" has a hard limit (send it without, or add to the configuration:"
              + " budgets.unpriced: allow)");
    }
    if (unpriced.isEmpty()) {
      return null;
    }
    List<Candidate> candidates = router.reachable(call, call.model());
    if (unpriced.size() < candidates.size() || !instead(call).isEmpty()) {
      return null;
    }
    Candidate first = candidates.get(0);
    return unbounded(
        "model: no price is known for \""
            + first.model()
            + "\" of provider \""
            + first.provider()
            + "\", and caller \""
            + call.attribution().caller()
            + "\" has a hard limit (add to the configuration: pricing: { "
            + first.provider()
            + ": { \""
            + first.model()
            + "\": { input_per_million: …, output_per_million: … } } }, or budgets.unpriced:"
            + " allow)");
  }

  private static InferenceException unbounded(String message) {
    return new InferenceException(
        new Failure.BudgetExceeded(ErrorCode.UNPRICED_MODEL, message, null, null));
  }

  /** Vectors of another model would be of no use beside those that the caller has. */
  private String override(Call call) {
    CallerBudget budget = byCaller.of(call.attribution().caller());
    String override = budget == null ? null : budget.modelOverride();
    return override == null || call.operation() == Operation.EMBEDDINGS ? "" : override;
  }

  /** What all attempts of a call that are under way may cost together. */
  Usd most(CallContext context) {
    Usd most = Usd.ZERO;
    for (AttemptContext attempt : context.attempts().underWay()) {
      most = most.plus(most(context, attempt));
    }
    return most;
  }

  /** Whether the models of the attempts under way have a longest completion that is known. */
  boolean boundsUnlimited(CallContext context) {
    return context.attempts().underWay().stream().allMatch(attempt -> largest(attempt) > 0);
  }

  private long largest(AttemptContext attempt) {
    return prices.mostOutput(attempt.candidate());
  }

  private Usd most(CallContext context, AttemptContext attempt) {
    // Where a maximum was lifted, the caller's own request counts, which has none.
    Call asked = context.lifted() ? context.call() : attempt.asked();
    long counted = context.attempts().promptTokens();
    Candidate candidate = attempt.candidate();
    long prompt = counted == AttemptLog.NOT_COUNTED ? promptBound(asked) : counted;
    UnitPrice price = prices.bound(candidate, prompt, asked.body().facts());
    return request(asked, prompt, price, null)
        .otherwise(
            context.lifted() ? largest(attempt) : unlimited(asked, List.of(candidate)), false)
        .atMost(price);
  }

  private static ReservationRequest request(
      Call call, long prompt, UnitPrice price, @Nullable UnitPrice override) {
    BodyFacts facts = call.body().facts();
    return new ReservationRequest(
        call.attribution().caller(),
        call.model(),
        prompt,
        completion(call),
        facts.billedChoices(),
        facts.predictionBytes(),
        price,
        override,
        ReservationRequest.Unlimited.FREELY);
  }

  InferenceException refused(Call call, BudgetVerdict.Stop stop) {
    return BudgetRefusal.of(
        call.attribution().caller(), stop, most(request(call)), budgets.shared() != null);
  }

  private String most(ReservationRequest request) {
    UnitPrice override = request.override();
    UnitPrice price = request.asked().known() || override == null ? request.asked() : override;
    return request.atMost(price).toDecimal()
        + " USD, "
        + request.promptAtMost(price).toDecimal()
        + " of it for the prompt";
  }

  InferenceException exhausted(Call call) {
    return new InferenceException(
        new Failure.BudgetExceeded(
            "budget of caller \""
                + call.attribution().caller()
                + "\": what the failed attempts of this call were charged leaves no room for"
                + " another"));
  }

  private @Nullable UnitPrice overridden(Call call, String model, long prompt) {
    List<Candidate> candidates = bounded(call, model);
    return candidates.isEmpty() ? null : prices.dearest(candidates, prompt, call.body().facts());
  }

  private static long promptBound(Call call) {
    BodyFacts facts = call.body().facts();
    long text = call.body().bytes().length - (long) facts.attachmentBytes();
    return PromptBound.tokens(text, facts.attachments());
  }

  private static long completion(Call call) {
    if (call.operation() == Operation.EMBEDDINGS) {
      return 0;
    }
    long given = call.body().takesMaxTokens() ? call.body().facts().maxTokens() : -1;
    return given < 0 ? ReservationRequest.NOT_GIVEN : given;
  }
}
