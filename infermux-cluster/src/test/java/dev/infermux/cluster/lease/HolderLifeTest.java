package dev.infermux.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.StopReason;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
  void a_holder_is_one_start_of_one_process() {
    start(node, USD);
    UUID first = node.holder();
    reserve(node, call(USD / 4, 0));
    node.crash();
    start(node, USD);
    UUID second = node.holder();
    node.drain();
    simulation.time.run(Duration.ofSeconds(1));
    start(node, USD);

    assertThat(List.of(first, second, node.holder())).doesNotHaveDuplicates();
    assertThat(simulation.store.holders.get(first).state).isEqualTo("recovered");
    assertThat(simulation.store.holders.get(second).state).isEqualTo("left");
    assertThat(simulation.store.holders.get(node.holder()).state).isEqualTo("active");
    // The money went with its holder: nothing is in the name of a machine.
    assertThat(row().leases.get(first).closed).isTrue();
    assertThat(row().leases.get(second).closed).isTrue();
  }

  @Test
  void i3_a_node_lowers_its_own_figure_before_it_gives_back_and_raises_it_by_an_answer_alone() {
    start(node, USD);
    start(other, USD);
    SimulatedCall call = call(USD / 2, USD / 3);
    reserve(node, call);
    node.settle(call);
    simulation.time.run(Duration.ofSeconds(5));
    LeaseState lease = node.book.all().get(0);
    assertThat(lease.room()).isPositive();

    // Its question is lost on the way: the store still has the larger figure, the node does not.
    node.cut(true);
    node.book.hint(SimulatedCall.name(0), Simulation.MONTH);
    assertThat(lease.authorised()).isEqualTo(USD / 3);
    assertThat(row().leases.get(node.holder()).authorised).isGreaterThan(USD / 3);
    simulation.time.run(Duration.ofMinutes(5));
    assertThat(lease.authorised()).isEqualTo(USD / 3);
    assertStopped(reserve(node, call(USD / 100, 0)), StopReason.LEDGER_UNREACHABLE);

    // And asking for more gives it nothing before it is answered.
    node.cut(false);
    simulation.time.run(Duration.ofSeconds(3));
    for (int i = 0; i < 2_000; i++) {
      if (i % 20 == 0) {
        node.reserve(call(USD / 1_000, 0));
        other.reserve(call(USD / 1_000, 0));
      }
      simulation.time.run(Duration.ofMillis(1));
      assertThat(node.beyondStore(SimulatedCall.name(0))).isLessThanOrEqualTo(0);
      assertThat(other.beyondStore(SimulatedCall.name(0))).isLessThanOrEqualTo(0);
    }
    assertThat(simulation.sumsAreEqual()).isTrue();
  }

  @Test
  void limit_that_is_changed_while_a_step_is_under_way_is_told_by_the_next() {
    start(node, USD / 1_000);
    LeaseState lease = node.book.all().get(0);
    node.cut(true);
    node.book.queue(lease);
    node.book.flush();
    assertThat(lease.inFlight).isNotNull();

    node.reconfigure(Simulation.budgets(1, USD));
    node.cut(false);
    simulation.time.run(Duration.ofSeconds(5));

    // Nobody has asked for money: other nodes could not spend more than that else.
    assertThat(row().limit).isEqualTo(USD);
    assertThat(row().leases.get(node.holder()).limit).isEqualTo(USD);
  }

  @Test
  void i5_nothing_but_its_own_step_or_its_journal_frees_its_money() {
    start(node, USD);
    start(other, USD);
    SimulatedCall call = call(USD / 2, USD / 3);
    reserve(node, call);
    simulation.time.run(Duration.ofSeconds(5));
    MemoryStore.Kept lease = row().leases.get(node.holder());
    long authorised = lease.authorised;

    node.cut(true);
    simulation.time.run(Duration.ofDays(3));
    node.settle(call);
    simulation.time.run(Duration.ofDays(3));
    assertThat(lease.authorised).as("cut off").isEqualTo(authorised);
    assertStopped(reserve(other, call(USD * 3 / 4, 0)), StopReason.SPENT);

    node.cut(false);
    simulation.time.run(Duration.ofMinutes(2));
    assertThat(lease.authorised).as("its own step").isEqualTo(USD / 3);

    reserve(node, call(USD / 10, 0));
    long held = lease.authorised;
    node.crash();
    simulation.time.run(Duration.ofDays(3));
    assertThat(lease.authorised).as("dead").isEqualTo(held);
    start(node, USD);
    assertThat(lease.authorised).as("its journal").isEqualTo(USD / 3 + USD / 10);
    assertThat(simulation.sumsAreEqual()).isTrue();
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
  void a_process_that_ends_while_it_begins_gives_back_what_those_before_it_left() {
    killed();
    killed();
    UUID last = node.holder();
    assertThat(row().authorised).isGreaterThan(row().settled);

    node.start(Simulation.budgets(1, USD), (from, account) -> {});
    node.drain();
    simulation.time.run(Duration.ofSeconds(1));

    assertThat(row().leases.get(last).closed).isTrue();
    assertThat(row().authorised).isEqualTo(USD / 2);
    assertThat(row().settled).isEqualTo(USD / 2);
    assertThat(row().kept).isZero();
    assertThat(simulation.store.holders.get(node.holder()).state).isEqualTo("left");
  }

  @Test
  void a_process_that_ends_before_the_store_answers_leaves_it_to_the_next_start() {
    killed();
    node.cut(true);
    node.start(Simulation.budgets(1, USD), (from, account) -> {});
    Future<Void> ended = node.drain();
    simulation.time.run(Duration.ofSeconds(6));
    assertThat(ended.succeeded()).isTrue();
    assertThat(row().settled).isZero();

    node.cut(false);
    start(node, USD);
    assertThat(row().settled).isEqualTo(USD / 4);
  }

  /** A process that dies with a call under way. */
  private void killed() {
    start(node, USD);
    reserve(node, call(USD / 4, 0));
    node.crash();
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
  void a_raised_limit_does_not_wait_for_nodes_that_have_forgotten_the_caller() {
    node.start(everyone(USD), (from, account) -> {});
    other.start(everyone(USD), (from, account) -> {});
    simulation.time.run(Duration.ofMillis(100));
    SimulatedCall free = call(USD / 10, 0);
    reserve(other, free);
    other.settle(free);
    simulation.time.run(Duration.ofSeconds(90));
    assertThat(other.book.all()).as("nobody there asks for it").isEmpty();
    assertStopped(reserve(node, call(USD + 1, 0)), StopReason.SPENT);

    node.reconfigure(everyone(2 * USD));
    other.reconfigure(everyone(2 * USD));
    simulation.time.run(Duration.ofSeconds(1));

    assertThat(reserve(node, call(2 * USD, 0)).reservation()).isNotNull();
    assertThat(simulation.sumsAreEqual()).isTrue();
  }

  @Test
  void a_call_that_comes_while_its_caller_is_being_forgotten_keeps_to_the_limit_here() {
    node.start(everyone(USD / 2), (from, account) -> {});
    other.start(everyone(USD), (from, account) -> {});
    simulation.time.run(Duration.ofMillis(100));
    SimulatedCall free = call(USD / 10, 0);
    reserve(node, free);
    node.settle(free);
    for (int i = 0; i < 90_000 && !leaving(node); i++) {
      simulation.time.run(Duration.ofMillis(1));
    }
    assertThat(leaving(node)).isTrue();

    assertThat(reserve(node, call(USD / 4, 0)).reservation()).isNotNull();
    assertThat(row().leases.get(node.holder()).limit).isEqualTo(USD / 2);
    assertStopped(reserve(other, call(USD / 2, 0)), StopReason.SPENT);
    assertThat(reserve(other, call(USD / 8, 0)).reservation()).isNotNull();
  }

  private static boolean leaving(SimulatedNode which) {
    return which.book.all().stream().anyMatch(lease -> lease.leaving);
  }

  /** A budget that everybody has, and nobody by name. */
  private static BudgetOptions everyone(long limit) {
    return BudgetOptions.defaults()
        .withCallers(
            List.of(
                new CallerBudget(
                    CallerBudget.EVERYONE_ELSE,
                    BigDecimal.valueOf(limit, 9),
                    BudgetAction.HARD_STOP,
                    null)));
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
