package dev.infermux.policy.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.infermux.inference.Usd;
import dev.infermux.policy.budget.BudgetVerdict.Admit;
import dev.infermux.policy.budget.BudgetVerdict.Downgrade;
import dev.infermux.policy.budget.BudgetVerdict.Lowered;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random interleavings of calls against a model of the accounts that is kept apart. The length of a
 * run is {@code -Dinfermux.property.steps}.
 */
class AccountsPropertyTest {

  private static final int STEPS = Integer.getInteger("infermux.property.steps", 100_000);
  private static final int CALLERS = 6;
  private static final String CHEAPER = "small";

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final ManualTime time = new ManualTime("2026-01-15T00:00:00Z");
  private final Accounts accounts =
      new Accounts(BudgetOptions.defaults().withCallers(budgets()), time);

  private final Map<YearMonth, Map<String, Expected>> ledgers = new HashMap<>();

  private final List<Flight> inFlight = new ArrayList<>();
  private long costRecords;
  private int admitted;
  private int refused;

  @Test
  void settled_and_pending_never_pass_a_hard_limit_and_nothing_is_pending_after_a_drain() {
    for (int step = 0; step < STEPS; step++) {
      step(false);
      check(step);
    }
    drain();

    assertThat(ledgers().mapToLong(expected -> expected.over).sum()).as("seed %d", seed).isZero();
    assertThat(admitted).as("seed %d", seed).isGreaterThan(STEPS / 20);
    assertThat(refused).as("seed %d", seed).isGreaterThan(STEPS / 100);
  }

  @Test
  void with_wrong_bounds_a_limit_is_passed_by_what_was_told_as_overrun_and_no_more() {
    for (int step = 0; step < STEPS; step++) {
      step(true);
      check(step);
    }
    drain();
  }

  private void step(boolean wrongBounds) {
    int dice = random.nextInt(100);
    if (dice < 40 || inFlight.isEmpty()) {
      admit();
    } else if (dice < 95) {
      progress(inFlight.get(random.nextInt(inFlight.size())), wrongBounds);
    } else if (dice < 99) {
      time.advance(Duration.ofMillis(random.nextInt(60_000)));
    } else if (random.nextInt(20) == 0) {
      time.advance(Duration.ofDays(random.nextInt(20)));
    }
  }

  private void admit() {
    String caller = "caller-" + random.nextInt(CALLERS);
    long prompt = random.nextInt(5000);
    long maxTokens = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(4000);
    long choices = 1 + random.nextInt(3);
    UnitPrice asked = price(20_000_000_000L);
    UnitPrice cheap = price(1_000_000_000L);
    BudgetVerdict verdict =
        accounts.reserve(
            new ReservationRequest(
                caller,
                "big",
                prompt,
                maxTokens,
                choices,
                0,
                asked,
                cheap,
                ReservationRequest.Unlimited.FREELY));
    if (verdict instanceof Admit admit) {
      fly(new Flight(admit.reservation(), prompt, maxTokens * choices, asked));
    } else if (verdict instanceof Lowered lowered) {
      assertThat(lowered.maxTokens()).isLessThan(maxTokens);
      fly(new Flight(lowered.reservation(), prompt, lowered.maxTokens() * choices, asked));
    } else if (verdict instanceof Downgrade downgrade) {
      Long lowered = downgrade.maxTokens();
      long most = lowered == null ? maxTokens : lowered;
      fly(new Flight(downgrade.reservation(), prompt, most * choices, cheap));
    } else {
      refused++;
    }
  }

  private void fly(Flight flight) {
    admitted++;
    inFlight.add(flight);
    flight.expected.pending += flight.pending;
  }

  private void progress(Flight flight, boolean wrongBounds) {
    switch (random.nextInt(6)) {
      case 0 -> flight.reduce();
      case 1 -> flight.failOver(wrongBounds);
      case 2 -> end(flight, () -> accounts.release(flight.reservation), 0);
      case 3 -> flight.repeatWhatHasEnded();
      default -> {
        long cost = flight.cost(wrongBounds);
        flight.expected.over += Math.max(0, cost - flight.pending);
        end(flight, () -> accounts.settle(flight.reservation, new Usd(cost)), cost);
      }
    }
  }

  private void end(Flight flight, Runnable ending, long cost) {
    ending.run();
    ending.run();
    flight.expected.pending -= flight.pending;
    flight.expected.spent += cost;
    costRecords += cost;
    inFlight.remove(flight);
  }

  private void check(int step) {
    for (int i = 0; i < CALLERS; i++) {
      AccountView view = accounts.view("caller-" + i);
      Expected expected = expected("caller-" + i, view.month());
      boolean exact =
          view.spent().nanos() == expected.spent && view.pending().nanos() == expected.pending;
      boolean within = !hard(i) || expected.spent + expected.pending <= limit(i) + expected.over;
      if (!exact || !within) {
        fail(
            "seed %d, step %d: %s, expected spent %d, pending %d",
            seed, step, view, expected.spent, expected.pending);
      }
    }
  }

  private void drain() {
    while (!inFlight.isEmpty()) {
      Flight flight = inFlight.get(0);
      long cost = flight.cost(false);
      flight.expected.over += Math.max(0, cost - flight.pending);
      end(flight, () -> accounts.settle(flight.reservation, new Usd(cost)), cost);
    }
    check(STEPS);
    assertThat(accounts.pendingCount()).as("seed %d", seed).isZero();
    assertThat(accounts.pendingAmount()).as("seed %d", seed).isEqualTo(Usd.ZERO);
    assertThat(ledgers().mapToLong(expected -> expected.spent).sum())
        .as("seed %d", seed)
        .isEqualTo(costRecords);
    assertThat(ledgers().mapToLong(expected -> expected.pending).sum())
        .as("seed %d", seed)
        .isZero();
  }

  private Expected expected(String caller, YearMonth month) {
    return ledgers
        .computeIfAbsent(month, first -> new HashMap<>())
        .computeIfAbsent(caller, first -> new Expected());
  }

  private Stream<Expected> ledgers() {
    return ledgers.values().stream().flatMap(month -> month.values().stream());
  }

  private UnitPrice price(long most) {
    return new UnitPrice(
        new Usd(random.nextLong(most)),
        new Usd(random.nextInt(10) == 0 ? 0 : random.nextLong(most)));
  }

  /** Two limits that bind, two that hardly do, an alert and an override that never refuse. */
  private static List<CallerBudget> budgets() {
    List<CallerBudget> budgets = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      BudgetAction action =
          i == 4
              ? BudgetAction.ALERT
              : i == 5 ? BudgetAction.MODEL_OVERRIDE : BudgetAction.HARD_STOP;
      String override = i % 2 == 1 ? CHEAPER : null;
      BigDecimal usd = BigDecimal.valueOf(limit(i), 9);
      budgets.add(new CallerBudget("caller-" + i, usd, action, override));
    }
    return budgets;
  }

  private static boolean hard(int caller) {
    return caller < 4;
  }

  private static long limit(int caller) {
    return caller % 3 == 0 ? 777_777_777L : 55_555_555_555L;
  }

  /** What one caller's month should say. */
  private static final class Expected {
    long spent;
    long pending;
    long over;
  }

  /** A call in flight, and what is left of its reservation. */
  private final class Flight {
    final Reservation reservation;
    final long prompt;
    final long output;
    final UnitPrice price;
    final Expected expected;
    long pending;

    Flight(Reservation reservation, long prompt, long output, UnitPrice price) {
      this.reservation = reservation;
      this.prompt = prompt;
      this.output = output;
      this.price = price;
      this.pending = reservation.amount().nanos();
      this.expected =
          expected(reservation.caller(), new UtcMonths().of(reservation.admittedMillis()));
    }

    /** The provider has begun: only what it may still cost stays pending. */
    void reduce() {
      long most = Math.max(pending - pending / (1 + random.nextInt(10)), whole());
      accounts.reduce(reservation, new Usd(most));
      reducedTo(most);
    }

    private void reducedTo(long most) {
      if (most < pending) {
        expected.pending -= pending - most;
        pending = most;
      }
    }

    /** A failed attempt that cost something; when the next one does not fit, the call ends. */
    void failOver(boolean wrongBounds) {
      long cost = cost(wrongBounds);
      expected.over += Math.max(0, cost - pending);
      accounts.settlePart(reservation, new Usd(cost));
      reducedTo(Math.max(0, pending - cost));
      expected.spent += cost;
      costRecords += cost;
      if (accounts.extend(reservation, new Usd(whole()))) {
        expected.pending += Math.max(0, whole() - pending);
        pending = Math.max(pending, whole());
      } else {
        end(this, () -> accounts.release(reservation), 0);
      }
    }

    /** An ended call's handle that some path still has does nothing. */
    void repeatWhatHasEnded() {
      Reservation other =
          new Reservation(
              reservation.id() + 1_000_000_000L, reservation.caller(), 0, reservation.amount());
      assertThat(accounts.settle(other, new Usd(5)).counted()).isFalse();
      assertThat(accounts.release(other)).isFalse();
    }

    private long whole() {
      return price.nanosAtMost(prompt, output);
    }

    /** Rounded as costs are: once, half up. */
    long cost(boolean wrongBounds) {
      long tokens = (long) (random.nextDouble() * (prompt + 1));
      long completion = (long) (random.nextDouble() * (output + 1));
      if (wrongBounds && random.nextInt(10) == 0) {
        tokens = prompt * 3;
      }
      long millionths =
          tokens * price.inputPerMillion().nanos() + completion * price.outputPerMillion().nanos();
      return (millionths + 500_000) / 1_000_000;
    }
  }
}
