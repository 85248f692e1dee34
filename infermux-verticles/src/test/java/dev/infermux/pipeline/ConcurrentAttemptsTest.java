package dev.infermux.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Answer;
import dev.infermux.inference.AttemptResult;
import dev.infermux.inference.AttemptResult.Refused;
import dev.infermux.inference.AttemptResult.Sent;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Cost;
import dev.infermux.inference.CostStatus;
import dev.infermux.inference.End;
import dev.infermux.inference.Exclusion;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.CallTracer;
import dev.infermux.inference.record.ContentCapture;
import dev.infermux.ledger.LocalLedger;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.pipeline.selection.Choice;
import dev.infermux.pipeline.selection.Router;
import dev.infermux.policy.budget.AccountView;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.UnitPrice;
import dev.infermux.policy.ratelimit.CallerLimits;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.selection.ModelCatalog;
import dev.infermux.policy.routing.selection.ModelOwnership;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.Registry;
import dev.infermux.testing.TestCall;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two attempts of one call under way at once, as hedging makes them: the first answer counts. */
@ExtendWith(VertxExtension.class)
class ConcurrentAttemptsTest {

  private static final Usd CENT = Usd.of(new BigDecimal("0.01"));

  private final Map<String, Promise<AttemptResult>> providers = new HashMap<>();
  private final List<CallRecord> records = new ArrayList<>();
  private final LocalLedger ledger =
      LocalLedger.inMemory(budget("1.00"), InstantSource.system(), alert -> {});
  private Vertx vertx;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    providers.put("fast", Promise.promise());
    providers.put("slow", Promise.promise());
  }

  @Test
  void loser_that_ends_after_the_winner_is_recorded_and_paid_for() {
    Future<Answer> answer = run(ledger, budget("1.00"));

    answers("fast", 10);
    assertThat(answer.result().head().servedBy().provider()).isEqualTo("fast");
    assertThat(records).isEmpty();
    assertThat(account().spent()).isEqualTo(Usd.ZERO);
    assertThat(account().pending().nanos()).isPositive();

    answers("slow", 30);
    CallRecord record = records.get(0);
    assertThat(records).hasSize(1);
    assertThat(record.servedBy().provider()).isEqualTo("fast");
    assertThat(record.servedBy().attempts()).isEqualTo(2);
    assertThat(record.attempts())
        .extracting(AttemptRecord::provider)
        .containsExactly("fast", "slow");
    assertThat(record.cost().amount()).isEqualTo(cents(10 + 30));
    assertThat(account().spent()).isEqualTo(cents(10 + 30));
    assertThat(account().pending()).isEqualTo(Usd.ZERO);
  }

  @Test
  void loser_that_ends_first_with_a_failure_costs_nothing_and_leaves_the_winner_alone() {
    Future<Answer> answer = run(ledger, budget("1.00"));

    providers
        .get("slow")
        .fail(new InferenceException(new Failure.Cancelled("another attempt has answered")));
    answers("fast", 10);

    assertThat(answer.result().head().servedBy().provider()).isEqualTo("fast");
    assertThat(records.get(0).attempts())
        .extracting(AttemptRecord::provider)
        .containsExactly("fast", "slow");
    assertThat(account().spent()).isEqualTo(cents(10));
    assertThat(account().pending()).isEqualTo(Usd.ZERO);
  }

  @Test
  void refused_attempt_is_no_attempt() {
    Future<Answer> answer = run(ledger, budget("1.00"));

    providers.get("slow").complete(new Refused("slow", Exclusion.CIRCUIT_OPEN, null));
    answers("fast", 10);

    assertThat(answer.result().head().servedBy().attempts()).isEqualTo(1);
    assertThat(records.get(0).attempts()).hasSize(1);
    assertThat(account().spent()).isEqualTo(cents(10));
  }

  @Test
  void second_attempt_is_made_only_when_the_budget_covers_both() {
    BudgetOptions narrow = budget("0.60");
    LocalLedger small = LocalLedger.inMemory(narrow, InstantSource.system(), alert -> {});

    Future<Answer> answer = run(small, narrow);
    answers("fast", 10);

    assertThat(answer.result().head().servedBy().provider()).isEqualTo("fast");
    assertThat(records.get(0).attempts()).hasSize(1);
    assertThat(small.account("anonymous").result().spent()).isEqualTo(cents(10));
  }

  /** An attempt costs half a dollar at most: 50 tokens, a cent each. */
  private Future<Answer> run(LocalLedger money, BudgetOptions budgets) {
    Router router = new Router(new Registry(ProviderSnapshot.empty()), snapshot -> new Unpriced());
    CostBound bound = new CostBound(budgets, router, new CentATokens(), false);
    AttemptSender sender = (provider, attempt) -> providers.get(provider).future();
    AttemptRunner attempts =
        new ExtendReservationStage(
            money,
            bound,
            new AttemptStage(
                sender,
                new CentATokens(),
                (call, model, characters) -> Usage.NONE,
                new IssuedIds(),
                System::nanoTime));
    Stage stage = new BudgetStage(vertx, money, money, bound, new FirstAnswer(attempts));
    CallInstruments instruments =
        new CallInstruments(
            CallTracer.OFF,
            records::add,
            new Admission(10),
            CallerLimits.none(),
            ContentCapture.OFF,
            BufferedBytes.unlimited());
    return new AccountingStage(instruments, System::nanoTime, stage)
        .run(
            TestCall.of(
                    Operation.CHAT,
                    "{\"model\":\"m\",\"max_tokens\":50,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                .call());
  }

  private void answers(String provider, long tokens) {
    End end = End.whole("m", Usage.reported(1, tokens), "stop", tokens);
    providers.get(provider).complete(new Sent(Answer.whole(Buffer.buffer("{}"), end)));
  }

  private AccountView account() {
    return ledger.account("anonymous").result();
  }

  private static Usd cents(long count) {
    return new Usd(CENT.nanos() * count);
  }

  private static BudgetOptions budget(String dollars) {
    return BudgetOptions.defaults()
        .withCallers(
            List.of(
                new CallerBudget(
                    "anonymous", new BigDecimal(dollars), BudgetAction.HARD_STOP, null)));
  }

  /** Makes an attempt at each provider and takes the first answer. */
  private record FirstAnswer(AttemptRunner attempts) implements Stage {

    @Override
    public Future<Answer> run(CallContext context) {
      Promise<Answer> first = Promise.promise();
      for (String provider : List.of("fast", "slow")) {
        Choice choice = new Choice(new Candidate(provider, "m"), "priority", "");
        attempts
            .run(context, context.attempt(choice))
            .onSuccess(
                result -> {
                  if (result instanceof Sent sent) {
                    first.tryComplete(sent.answer());
                  }
                });
      }
      return first.future();
    }
  }

  /** A prompt is free, and a token of the answer costs a cent. */
  private static final class CentATokens implements Pricing {

    @Override
    public Cost cost(String provider, String model, Usage usage) {
      Usd price = new Usd(CENT.nanos() * usage.completionTokens());
      return new Cost(price, CostStatus.EXACT, Usd.ZERO, CENT);
    }

    @Override
    public UnitPrice bound(String provider, String model, long promptTokens, BodyFacts facts) {
      return new UnitPrice(Usd.ZERO, new Usd(CENT.nanos() * 1_000_000));
    }
  }

  /** A catalogue of nothing. */
  private static final class Unpriced implements ModelCatalog {

    @Override
    public ModelOwnership place(String provider, String model) {
      return ModelOwnership.OPEN;
    }

    @Override
    public LongBinaryOperator price(String provider, String model) {
      return (prompt, completion) -> 0;
    }
  }
}
