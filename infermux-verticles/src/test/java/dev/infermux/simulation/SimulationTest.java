package dev.infermux.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.CostReports.PendingTotals;
import dev.infermux.policy.routing.RoutingStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs the hours of docs/simulation.md, and holds the page to them. */
class SimulationTest {

  private static final Path PAGE = Path.of("../docs/simulation.md");
  private static final String BEGIN = "<!-- tables -->\n";
  private static final String END = "<!-- end of tables -->\n";

  private static final Map<Setup, Tally> HOURS = new LinkedHashMap<>();

  @BeforeAll
  static void runAllHours() {
    for (RoutingStrategy strategy : RoutingStrategy.values()) {
      run(Setup.of(strategy));
    }
    run(Setup.of(RoutingStrategy.PRIORITY).withoutCircuits());
    run(Setup.of(RoutingStrategy.PRIORITY).withoutRepair());
  }

  private static void run(Setup setup) {
    HOURS.put(setup, Simulation.run(setup).tally());
  }

  @Test
  void the_page_shows_what_the_simulation_gives() throws IOException {
    String page = Files.readString(PAGE);
    String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    String after = page.substring(page.indexOf(END));
    String now = before + "\n" + new Tables(HOURS).markdown() + "\n" + after;
    if (Boolean.getBoolean("simulation.write")) {
      Files.writeString(PAGE, now);
      return;
    }

    assertThat(page)
        .as(
            "docs/simulation.md is out of date. If its new figures are wanted: ./mvnw test -pl"
                + " infermux-verticles -am -Dtest=SimulationTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.write=true")
        .isEqualTo(now);
  }

  @Test
  void the_same_hour_twice_is_the_same() {
    Setup setup = Setup.of(RoutingStrategy.RANDOM);

    assertThat(new Tables(Map.of(setup, Simulation.run(setup).tally())).markdown())
        .isEqualTo(new Tables(Map.of(setup, tally(setup))).markdown());
  }

  @Test
  void no_caller_sees_an_outage_under_any_strategy() {
    for (RoutingStrategy strategy : RoutingStrategy.values()) {
      assertThat(tally(Setup.of(strategy)).failedCalls()).as(strategy.wireName()).isZero();
    }
  }

  @Test
  void circuits_keep_attempts_off_a_dead_provider() {
    Tally with = tally(Setup.of(RoutingStrategy.PRIORITY));
    Tally without = tally(Setup.of(RoutingStrategy.PRIORITY).withoutCircuits());

    assertThat(with.attemptsWhileDown(Fleet.PRIMARY)).isLessThan(100);
    assertThat(without.attemptsWhileDown(Fleet.PRIMARY)).isGreaterThan(250);
  }

  @Test
  void a_provider_is_back_within_one_recovery_window_of_its_recovery() {
    Setup setup = Setup.of(RoutingStrategy.PRIORITY);

    assertThat(tally(setup).backInUse())
        .isLessThan(setup.circuit().recoveryWindow().plusSeconds(2));
  }

  @Test
  void the_ledger_settles_what_the_calls_cost_and_nothing_stays_pending() {
    SimulatedRouter hour = Simulation.run(Setup.of(RoutingStrategy.ROUND_ROBIN));

    assertThat(spent(hour).nanos()).isEqualTo(hour.tally().nanoDollars()).isPositive();
    assertThat(hour.ledger().pending().result()).isEqualTo(new PendingTotals(0, Usd.ZERO));
  }

  @Test
  void no_caller_spends_more_than_its_budget_whatever_fails() {
    Usd budget = new Usd(20_000_000_000L);
    SimulatedRouter hour = Simulation.run(Setup.of(RoutingStrategy.ROUND_ROBIN).withBudget("20"));

    assertThat(spent(hour)).isLessThanOrEqualTo(budget);
    assertThat(spent(hour).nanos()).as("and nearly all of it").isGreaterThan(19_900_000_000L);
    assertThat(hour.tally().failedCalls()).as("the rest is refused").isGreaterThan(10_000);
    assertThat(hour.ledger().pending().result()).isEqualTo(new PendingTotals(0, Usd.ZERO));
  }

  private static Usd spent(SimulatedRouter hour) {
    return hour.ledger().account(SimulatedRouter.CALLER).result().spent();
  }

  private static Tally tally(Setup setup) {
    Tally tally = HOURS.get(setup);
    assertThat(tally).isNotNull();
    return tally;
  }
}
