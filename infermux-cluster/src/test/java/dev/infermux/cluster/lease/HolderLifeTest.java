package dev.infermux.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.StopReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Single nodes through their life, on a virtual clock. */
class HolderLifeTest {

  private static final long USD = 1_000_000_000L;

  private final Simulation simulation =
      new Simulation(Simulation.Options.calm(2, 1, 0).money(1, USD, 1, USD), Mutation.NONE);
  private final SimulatedNode node = simulation.nodes.get(0);
  private final SimulatedNode other = simulation.nodes.get(1);

  private void start(SimulatedNode which, long limit) {
    which.start(Simulation.budgets(1, limit), (from, account) -> {});
    simulation.time.run(Duration.ofMillis(100));
  }

  private BudgetVerdict reserve(SimulatedNode which, SimulatedCall call) {
    List<BudgetVerdict> verdicts = new ArrayList<>();
    which.reserve(call).onSuccess(verdicts::add);
    simulation.time.run(Duration.ofMillis(400));
    return verdicts.get(0);
  }

  private static SimulatedCall call(long hold, long cost) {
    return new SimulatedCall(0, hold, cost, 0);
  }

  private MemoryStore.Row row() {
    return simulation.store.budgets.get(
        new MemoryStore.Key(SimulatedCall.name(0), Simulation.MONTH));
  }

  private void assertStopped(BudgetVerdict verdict, StopReason reason) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            BudgetVerdict.Stop.class, stop -> assertThat(stop.reason()).isEqualTo(reason));
  }

  @Test
  void i6_after_a_drain_authorised_is_settled_and_nothing_is_kept() {
    start(node, USD);
    SimulatedCall call = call(USD / 2, USD / 3);
    reserve(node, call);
    node.settle(call);

    node.drain();
    simulation.time.run(Duration.ofSeconds(1));

    assertThat(row().authorised).isEqualTo(USD / 3);
    assertThat(row().settled).isEqualTo(USD / 3);
    assertThat(row().kept).isZero();
    assertThat(simulation.store.holders.get(node.holder()).state).isEqualTo("left");
  }

  @Test
  void a_killed_node_that_comes_back_spends_what_its_journal_left() {
    start(node, USD);
    reserve(node, call(USD / 2, 0));
    node.crash();

    start(node, USD);

    assertThat(row().settled).isEqualTo(USD / 2);
    assertThat(reserve(node, call(USD / 2, 0)).reservation()).isNotNull();
    assertStopped(reserve(node, call(2, 0)), StopReason.SPENT);
  }

  @Test
  void a_node_that_does_not_come_back_keeps_its_share_whatever_time_passes() {
    start(node, USD);
    start(other, USD);
    reserve(node, call(USD / 2, 0));
    node.crash();

    simulation.time.run(Duration.ofHours(3));

    assertStopped(reserve(other, call(USD * 3 / 4, 0)), StopReason.SPENT);
    assertThat(row().kept).isLessThanOrEqualTo(USD / 2);
    assertThat(row().authorised).isGreaterThanOrEqualTo(USD / 2);
  }

  @Test
  void money_that_another_node_holds_is_told_apart_from_money_that_is_spent() {
    start(node, USD);
    start(other, USD);
    reserve(node, call(USD / 2, 0));
    other.cut(true);
    simulation.time.run(Duration.ofSeconds(2));

    assertStopped(reserve(other, call(USD / 2, 0)), StopReason.LEDGER_UNREACHABLE);
    other.cut(false);
    simulation.time.run(Duration.ofSeconds(5));
    assertStopped(reserve(other, call(USD * 3 / 4, 0)), StopReason.SPENT);
  }

  @Test
  void a_fenced_process_stops_at_once_and_begins_anew() {
    start(node, USD);
    SimulatedCall before = call(USD / 4, USD / 5);
    reserve(node, before);
    var first = node.holder();

    simulation.store.settle(first, false);
    simulation.time.run(Duration.ofSeconds(15));

    assertThat(node.holder()).isNotEqualTo(first);
    node.settle(before);
    simulation.time.run(Duration.ofSeconds(5));
    assertThat(row().leases.get(first).settled).isEqualTo(USD / 5);
    assertThat(simulation.store.holders.get(first).state).isEqualTo("recovered");
    assertThat(reserve(node, call(USD / 2, 0)).reservation()).isNotNull();
    assertThat(simulation.sumsAreEqual()).isTrue();
  }

  @Test
  void a_lowered_limit_acts_at_the_first_node_that_has_it() {
    start(node, USD);
    start(other, USD / 4);
    reserve(other, call(1, 0));

    assertStopped(reserve(node, call(USD / 2, 0)), StopReason.SPENT);
    assertThat(reserve(node, call(USD / 8, 0)).reservation()).isNotNull();
  }

  @Test
  void an_idle_share_is_given_back() {
    start(node, USD);
    SimulatedCall call = call(USD / 10, USD / 20);
    reserve(node, call);
    node.settle(call);

    simulation.time.run(Duration.ofSeconds(90));

    assertThat(row().authorised).isEqualTo(USD / 20);
    assertThat(row().settled).isEqualTo(USD / 20);
  }

  @Test
  void a_month_that_is_over_is_closed_when_its_last_call_has_ended() {
    start(node, USD);
    SimulatedCall call = call(USD / 2, USD / 3);
    reserve(node, call);

    simulation.time.run(Duration.ofDays(21));
    assertThat(row().kept).isEqualTo(USD / 2);
    assertThat(reserve(node, call(USD, 0)).reservation()).isNotNull();
    node.settle(call);
    simulation.time.run(Duration.ofSeconds(5));

    assertThat(row().authorised).isEqualTo(USD / 3);
    assertThat(row().settled).isEqualTo(USD / 3);
  }
}
