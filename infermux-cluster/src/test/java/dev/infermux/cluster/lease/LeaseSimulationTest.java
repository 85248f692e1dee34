package dev.infermux.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real accounts, books and ledgers of several nodes on a virtual clock. {@code
 * -Dinfermux.lease.calls=1000000 -Dinfermux.lease.figures=true} for the long run; a node is never
 * killed less than twelve times an hour, nor cut off less than four times.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class LeaseSimulationTest {

  private static final int CALLS = Integer.getInteger("infermux.lease.calls", 20_000);
  private static final long USD = 1_000_000_000L;

  private static Simulation.Options trouble(int nodes, long limitUsd, long seed) {
    return Simulation.Options.calm(nodes, 200, CALLS)
        .money(50, limitUsd * CALLS * USD / 1_000_000, 100_000, 500_000_000L)
        .trouble(0.005, Math.max(12, 1_200_000.0 / CALLS), Math.max(4, 400_000.0 / CALLS), seed);
  }

  @ParameterizedTest
  @CsvSource({"3, 300, 1", "5, 1500, 2", "10, 300, 3"})
  void no_caller_passes_its_limit_whatever_breaks(int nodes, long limit, long seed) {
    Simulation simulation = new Simulation(trouble(nodes, limit, seed), Mutation.NONE);

    simulation.run();
    tell(simulation);

    Simulation.Tally tally = simulation.tally;
    assertThat(tally.crashes).isPositive();
    assertThat(tally.cuts).isPositive();
    assertThat(tally.checks).isGreaterThan(CALLS / 2);
    assertThat(tally.broken).as(tally.first).isZero();
    assertThat(simulation.sumsAreEqual()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mutation.class,
      names = {"FREED_BY_TIME", "LOWERED_LATE", "OPEN_FORGOTTEN", "TAKEN_TWICE"})
  void each_mistake_in_the_protocol_is_found(Mutation mutation) {
    Simulation.Options options =
        Simulation.Options.calm(5, 200, Math.max(30_000, CALLS))
            .money(20, 15 * USD, 100_000, 500_000_000L)
            .trouble(0.02, 20, 12, 7);
    Simulation simulation = new Simulation(options, mutation);

    simulation.run();
    tell(simulation);

    assertThat(simulation.tally.broken).isPositive();
  }

  @Test
  void the_same_without_a_mistake_holds() {
    Simulation.Options options =
        Simulation.Options.calm(5, 200, Math.max(30_000, CALLS))
            .money(20, 15 * USD, 100_000, 500_000_000L)
            .trouble(0.02, 20, 12, 7);
    Simulation simulation = new Simulation(options, Mutation.NONE);

    simulation.run();
    tell(simulation);

    assertThat(simulation.tally.broken).as(simulation.tally.first).isZero();
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 0.35", "3, 10, 0.04", "3, 100, 0.005", "10, 100, 0.015"})
  void far_from_the_limit_a_call_costs_next_to_no_step(int nodes, double rate, double most) {
    Simulation simulation =
        new Simulation(Simulation.Options.calm(nodes, rate, (int) (400 * rate)), Mutation.NONE);

    simulation.run();
    tell(simulation);

    assertThat(simulation.tally.refusedFalsely + simulation.tally.refusedUnreachable).isZero();
    assertThat((double) simulation.store.steps / simulation.tally.calls).isLessThan(most);
  }

  @Test
  void a_database_that_is_away_for_three_minutes_refuses_nobody_far_from_the_limit() {
    Simulation.Options options =
        Simulation.Options.calm(3, 20, 12_000)
            .money(1, 1_000 * USD, 5_000_000, 20_000_000)
            .trouble(0, 0, 12, 5);
    Simulation simulation = new Simulation(options, Mutation.NONE);

    simulation.run();
    tell(simulation);

    assertThat(simulation.tally.cuts).isPositive();
    assertThat(simulation.tally.refusedUnreachable + simulation.tally.refusedFalsely).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 20, 100, 0.048, BUS",
    "10, 20, 100, 0.11, BUS",
    "3, 20, 1000, 0.019, BUS",
    "3, 1, 100, 0.33, BUS",
    "3, 20, 100, 0.048, DATABASE",
    "10, 20, 100, 0.11, DATABASE"
  })
  void a_month_to_its_last_cent_takes_few_steps_and_hardly_a_false_refusal(
      int nodes, double rate, int usd, double most, Simulation.Way hints) {
    Simulation.Options options =
        Simulation.Options.calm(nodes, rate, 344 * usd).money(1, usd * USD, 5_000_000, 20_000_000);
    Simulation simulation = new Simulation(options, Mutation.NONE);
    simulation.hints = EnumSet.of(hints);

    simulation.run();
    tell(simulation);

    Simulation.Tally tally = simulation.tally;
    assertThat(tally.broken).isZero();
    assertThat(tally.refusedTruly).isPositive();
    assertThat((double) tally.refusedFalsely / tally.calls).isLessThan(0.0008);
    assertThat((double) simulation.store.steps / tally.calls).isLessThan(most);
  }

  /** Of which each holds a twentieth of the month. */
  @ParameterizedTest
  @CsvSource({"3, BUS", "10, BUS", "3, DATABASE", "10, DATABASE"})
  void large_calls_are_seldom_refused_falsely_where_nodes_hear_of_each_others_want(
      int nodes, Simulation.Way hints) {
    Simulation.Options options =
        Simulation.Options.calm(nodes, 10, 344).money(1, 10 * USD, USD / 2, USD / 2);
    Simulation deaf = new Simulation(options, Mutation.NONE);
    deaf.hints = EnumSet.noneOf(Simulation.Way.class);
    Simulation hearing = new Simulation(options, Mutation.NONE);
    hearing.hints = EnumSet.of(hints);

    deaf.run();
    hearing.run();
    tell(deaf);
    tell(hearing);

    assertThat(hearing.tally.broken + deaf.tally.broken).isZero();
    assertThat(hearing.tally.refusedFalsely * 10).isLessThan(deaf.tally.refusedFalsely);
  }

  /** In the long run. */
  private static void tell(Simulation simulation) {
    if (Boolean.getBoolean("infermux.lease.figures")) {
      System.out.println(line(simulation));
    }
  }

  private static String line(Simulation simulation) {
    Simulation.Tally tally = simulation.tally;
    return String.format(
        "calls %d admitted %d waited %.3f %% truly %d falsely %d (%.4f %%) unreachable %d"
            + " steps a call %.4f checks %d broken %d worst %.3f crashes %d cuts %d %s",
        tally.calls,
        tally.admitted,
        100.0 * tally.waited / Math.max(1, tally.admitted),
        tally.refusedTruly,
        tally.refusedFalsely,
        100.0 * tally.refusedFalsely / tally.calls,
        tally.refusedUnreachable,
        (double) simulation.store.steps / tally.calls,
        tally.checks,
        tally.broken,
        tally.worst / 1e9,
        tally.crashes,
        tally.cuts,
        tally.reasons);
  }
}
