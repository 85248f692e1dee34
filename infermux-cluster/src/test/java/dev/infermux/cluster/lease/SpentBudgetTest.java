package dev.infermux.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usd;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.budget.StopReason;
import dev.infermux.policy.budget.UnitPrice;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the last calls of a month ask of other nodes, when nobody can give more. */
class SpentBudgetTest {

  private static final long USD = 1_000_000_000L;

  /** A nano-dollar for each token of the prompt, a thousand for each of the completion. */
  private static final UnitPrice DEAR = new UnitPrice(new Usd(1_000_000), new Usd(1_000_000_000));

  private static final UnitPrice CHEAP = new UnitPrice(Usd.ZERO, new Usd(1_000_000));

  private final Simulation simulation =
      new Simulation(Simulation.Options.calm(2, 1, 0).money(1, USD, 1, USD), Mutation.NONE);
  private final SimulatedNode node = simulation.nodes.get(0);
  private final SimulatedNode other = simulation.nodes.get(1);

  /** The other node has spent and told all but so much, and this node has asked for too much. */
  private void spend(BudgetAction action, long left, ReservationRequest first) {
    CallerBudget budget =
        new CallerBudget(SimulatedCall.name(0), BigDecimal.ONE, action, "cheaper");
    BudgetOptions budgets = BudgetOptions.defaults().withCallers(List.of(budget));
    node.start(budgets, (from, account) -> other.book.hint(account, Simulation.MONTH));
    other.start(budgets, (from, account) -> node.book.hint(account, Simulation.MONTH));
    simulation.time.run(Duration.ofSeconds(1));
    SimulatedCall call = new SimulatedCall(0, USD - left, USD - left, 0);
    Future<BudgetVerdict> spent = other.reserve(call);
    simulation.time.run(Duration.ofSeconds(1));
    assertThat(spent.result().reservation()).isNotNull();
    other.settle(call);
    simulation.time.run(Duration.ofSeconds(100));
    ask(first);
    simulation.time.run(Duration.ofSeconds(10));
  }

  private static ReservationRequest request(long prompt, long completion, UnitPrice override) {
    return new ReservationRequest(
        SimulatedCall.name(0),
        "m",
        prompt,
        completion,
        1,
        0,
        DEAR,
        override,
        ReservationRequest.Unlimited.FREELY);
  }

  private Future<BudgetVerdict> ask(ReservationRequest request) {
    return Objects.requireNonNull(node.ledger).reserve(request);
  }

  @Test
  void who_has_spent_all_is_refused_at_once_and_without_a_step() {
    spend(BudgetAction.HARD_STOP, 0, request(USD, 0, null));
    long before = simulation.store.steps;

    for (int i = 0; i < 45; i++) {
      assertRefusedAsSpent(ask(request(USD / 1_000, 0, null)));
      simulation.time.run(Duration.ofSeconds(1));
    }

    assertThat(simulation.store.steps).isEqualTo(before);
  }

  @Test
  void who_has_spent_all_is_told_so_while_the_database_is_away() {
    spend(BudgetAction.HARD_STOP, 0, request(USD, 0, null));

    node.cut(true);
    simulation.time.run(Duration.ofSeconds(30));

    assertThat(Objects.requireNonNull(node.book).silent()).isTrue();
    assertRefusedAsSpent(ask(request(USD / 1_000, 0, null)));
  }

  private static void assertRefusedAsSpent(Future<BudgetVerdict> verdict) {
    assertThat(verdict.result())
        .isInstanceOfSatisfying(
            BudgetVerdict.Stop.class,
            stop -> assertThat(stop.reason()).isEqualTo(StopReason.SPENT));
  }

  @Test
  void who_has_spent_all_gets_the_cheaper_model_at_once() {
    spend(BudgetAction.MODEL_OVERRIDE, 0, request(USD, 100, CHEAP));

    for (int i = 0; i < 10; i++) {
      Future<BudgetVerdict> verdict = ask(request(USD / 1_000, 100, CHEAP));
      assertThat(verdict.result()).isInstanceOf(BudgetVerdict.Downgrade.class);
      simulation.time.run(Duration.ofSeconds(10));
    }
  }

  @Test
  void shorter_completion_waits_no_longer_than_it_takes_to_hear_that_no_more_is_left() {
    spend(BudgetAction.HARD_STOP, USD / 1_000, request(USD, 0, null));

    Future<BudgetVerdict> verdict = ask(request(0, 2_000, null));
    simulation.time.run(Duration.ofMillis(50));

    assertThat(verdict.result()).isInstanceOf(BudgetVerdict.Lowered.class);
  }

  @Test
  void limit_that_is_raised_is_asked_for_again() {
    spend(BudgetAction.HARD_STOP, 0, request(USD, 0, null));

    node.reconfigure(Simulation.budgets(1, 2 * USD));
    other.reconfigure(Simulation.budgets(1, 2 * USD));
    Future<BudgetVerdict> verdict = ask(request(USD / 2, 0, null));
    simulation.time.run(Duration.ofSeconds(1));

    assertThat(verdict.result().reservation()).isNotNull();
  }
}
