package dev.infermux.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.cluster.lease.LeaseStore.Total;
import dev.infermux.cluster.lease.StoreException.Kind;
import io.vertx.core.Future;
import java.time.YearMonth;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of leases does, whatever it keeps them in. Amounts are nano-dollars. */
public abstract class LeaseStoreContract {

  private static final YearMonth MONTH = YearMonth.of(2026, 11);
  private static final long LIMIT = 1_000;

  protected final UUID one = UUID.randomUUID();
  protected final UUID two = UUID.randomUUID();
  private long numbers;

  /** The store, with nothing in it of the callers of this test. */
  protected abstract LeaseStore store();

  /** Ends a holder by an operator's word; what its leases hold is spent or free. */
  protected abstract void settle(UUID holder, boolean spent);

  /** The sums of a budget and those of its leases: authorised, settled, kept. */
  protected abstract List<List<Long>> sums(String account, YearMonth month);

  /** Forgets everything. */
  protected abstract void clear();

  @BeforeEach
  void twoNodes() {
    clear();
    get(store().register(one));
    get(store().register(two));
  }

  @Test
  void a_first_step_is_authorised_a_quarter_of_what_is_free_at_most() {
    StepAnswer answer = step(one, "a", 0, 0, 900, 0);

    assertThat(answer.authorised()).isEqualTo(250);
    assertThat(answer.free()).isEqualTo(750);
    assertThat(answer.most()).isEqualTo(1_000);
    assertThat(answer.wanted()).isFalse();
  }

  @Test
  void what_a_call_waits_for_is_authorised_whole_or_not_at_all() {
    assertThat(step(one, "a", 0, 0, 0, 900).authorised()).isEqualTo(900);

    StepAnswer refused = step(two, "a", 0, 0, 0, 101);
    assertThat(refused.authorised()).isZero();
    assertThat(refused.free()).isEqualTo(100);
    assertThat(refused.most()).isEqualTo(1_000);
    assertThat(refused.wanted()).isTrue();
    assertThat(step(two, "a", 0, 0, 0, 100).authorised()).isEqualTo(100);
  }

  @Test
  void others_hear_that_a_call_waits_until_it_has_its_money() {
    step(one, "a", 0, 0, 0, 950);
    step(two, "a", 0, 0, 0, 100);

    assertThat(step(one, "a", 0, 50, 0, 0).wanted()).isTrue();
    assertThat(step(two, "a", 0, 0, 0, 100).authorised()).isEqualTo(100);
    assertThat(step(one, "a", 0, 50, 0, 0).wanted()).isFalse();
  }

  @Test
  void what_is_given_back_is_free_for_others() {
    step(one, "a", 0, 0, 0, 800);

    StepAnswer less = step(one, "a", 100, 50, 0, 0);

    assertThat(less.authorised()).isEqualTo(150);
    assertThat(less.free()).isEqualTo(850);
    assertThat(less.settled()).isEqualTo(100);
    assertThat(less.before()).isZero();
    assertThat(less.most()).isEqualTo(850);
    assertThat(sums("a", MONTH))
        .containsExactly(List.of(150L, 100L, 50L), List.of(150L, 100L, 50L));
  }

  @Test
  void i4_a_repeated_step_changes_nothing_and_is_answered_alike() {
    step(two, "a", 70, 0, 0, 0);
    Step step = new Step("a", MONTH, 5, 0, 0, LIMIT, 10, 20, 30, 0);
    StepAnswer first = get(store().step(one, List.of(step))).get(0);

    StepAnswer second = get(store().step(one, List.of(step))).get(0);

    assertThat(second).isEqualTo(first);
    assertThat(first.before()).isEqualTo(70);
    assertThat(first.settled()).isEqualTo(80);
    assertThat(sums("a", MONTH)).containsExactly(List.of(130L, 80L, 20L), List.of(130L, 80L, 20L));
  }

  @Test
  void i4_a_step_that_arrives_late_changes_nothing() {
    get(store().step(one, List.of(new Step("a", MONTH, 5, 0, 0, LIMIT, 10, 0, 0, 500))));
    get(store().step(one, List.of(new Step("a", MONTH, 6, 5, 510, LIMIT, 20, 0, 0, 0))));

    StepAnswer late =
        get(store().step(one, List.of(new Step("a", MONTH, 5, 0, 0, LIMIT, 10, 0, 0, 500)))).get(0);

    assertThat(late.authorised()).isEqualTo(20);
    assertThat(sums("a", MONTH).get(0)).isEqualTo(List.of(20L, 20L, 0L));
  }

  @Test
  void i1_a_budget_is_the_sum_of_its_leases_whatever_is_asked() {
    Random random = new Random(11);
    List<UUID> holders = List.of(one, two);
    List<String> accounts = List.of("a", "b");
    long[][] spent = new long[2][2];
    for (int i = 0; i < 120; i++) {
      int holder = random.nextInt(2);
      int account = random.nextInt(2);
      spent[holder][account] += random.nextInt(20);
      Step step =
          next(
              accounts.get(account),
              LIMIT,
              spent[holder][account],
              random.nextInt(50),
              random.nextInt(200),
              random.nextInt(3) * 40L);
      get(store().step(holders.get(holder), List.of(step)));
      if (random.nextInt(4) == 0) {
        get(store().step(holders.get(holder), List.of(step)));
      }
      assertI1(accounts);
    }

    get(store().end(one, false, List.of(new Total("a", MONTH, LIMIT, spent[0][0] + 3))));
    assertI1(accounts);
    settle(two, true);
    assertI1(accounts);
    get(store().end(two, false, List.of(new Total("b", MONTH, LIMIT, spent[1][1] + 7))));
    assertI1(accounts);
  }

  private void assertI1(List<String> accounts) {
    for (String account : accounts) {
      List<List<Long>> sums = sums(account, MONTH);
      if (!sums.isEmpty()) {
        assertThat(sums.get(0)).as("budget " + account).isEqualTo(sums.get(1));
      }
    }
  }

  @Test
  void i2_no_sum_of_leases_passes_the_limit() {
    for (int i = 0; i < 40; i++) {
      step(i % 2 == 0 ? one : two, "a", 0, 0, 400, i % 3 == 0 ? 70 : 0);
      assertThat(sums("a", MONTH).get(0).get(0)).isLessThanOrEqualTo(LIMIT);
      assertThat(sums("a", MONTH).get(0)).isEqualTo(sums("a", MONTH).get(1));
    }
  }

  @Test
  void a_charge_above_its_hold_is_booked_and_stops_the_rest() {
    step(one, "a", 0, 0, 0, 900);

    StepAnswer over = step(one, "a", 1_200, 0, 100, 0);

    assertThat(over.authorised()).isEqualTo(1_200);
    assertThat(over.free()).isNegative();
    assertThat(step(two, "a", 0, 0, 10, 1).authorised()).isZero();
  }

  @Test
  void the_smallest_limit_of_the_living_is_in_force() {
    step(one, "a", 0, 0, 0, 100);

    assertThat(limited(two, "a", 500, 0, 0).free()).isEqualTo(400);
    assertThat(step(one, "a", 0, 0, 0, 501).authorised()).isEqualTo(100);
    get(store().end(two, true, List.of()));
    assertThat(step(one, "a", 0, 0, 0, 501).authorised()).isEqualTo(501);
  }

  @Test
  void a_node_without_a_word_on_the_limit_lowers_nobodys() {
    limited(two, "a", 500, 0, 0);
    assertThat(step(one, "a", 0, 0, 0, 501).authorised()).isZero();

    assertThat(limited(two, "a", Step.NO_LIMIT, 0, 0).authorised()).isZero();

    assertThat(step(one, "a", 0, 0, 0, LIMIT).authorised()).isEqualTo(LIMIT);
    assertThat(step(one, "a", 0, LIMIT, 0, 1).authorised()).isEqualTo(LIMIT);
    assertThat(limited(two, "a", 500, 0, 0).free()).isEqualTo(-500);
  }

  @Test
  void a_limit_that_is_lowered_below_what_is_authorised_grants_nothing() {
    step(one, "a", 0, 0, 0, 600);
    step(two, "a", 0, 0, 0, 200);

    assertThat(limited(two, "a", 300, 200, 0).free()).isEqualTo(-500);
    assertThat(limited(two, "a", 300, 200, 1).authorised()).isEqualTo(200);
    assertThat(limited(one, "a", 300, 0, 0).authorised()).isZero();
    assertThat(limited(two, "a", 300, 200, 1).authorised()).isEqualTo(201);
  }

  @Test
  void a_limit_of_zero_authorises_nothing() {
    assertThat(limited(one, "a", 0, 0, 1).authorised()).isZero();
    assertThat(limited(one, "a", 0, 0, 0).most()).isZero();
  }

  @Test
  void i5_the_end_of_a_holder_leaves_what_it_spent() {
    step(one, "a", 0, 0, 0, 600);
    step(one, "b", 5, 0, 100, 0);

    get(store().end(one, false, List.of(new Total("a", MONTH, LIMIT, 400))));

    assertThat(sums("a", MONTH)).containsExactly(List.of(400L, 400L, 0L), List.of(400L, 400L, 0L));
    assertThat(sums("b", MONTH).get(0)).isEqualTo(List.of(5L, 5L, 0L));
    assertThat(step(two, "a", 0, 0, 0, 600).authorised()).isEqualTo(600);
  }

  @Test
  void the_end_of_a_holder_happens_once() {
    step(one, "a", 0, 0, 0, 600);
    get(store().end(one, false, List.of(new Total("a", MONTH, LIMIT, 400))));

    get(store().end(one, false, List.of(new Total("a", MONTH, LIMIT, 300))));

    assertThat(sums("a", MONTH).get(0)).isEqualTo(List.of(400L, 400L, 0L));
  }

  @Test
  void a_journal_that_says_less_than_was_told_frees_nothing_of_it() {
    step(one, "a", 300, 0, 0, 100);

    get(store().end(one, false, List.of(new Total("a", MONTH, LIMIT, 200))));

    assertThat(sums("a", MONTH).get(0)).isEqualTo(List.of(300L, 300L, 0L));
  }

  @Test
  void what_was_spent_without_a_lease_is_booked_at_the_end() {
    get(
        store()
            .end(
                one,
                false,
                List.of(new Total("a", MONTH, LIMIT, 40), new Total("nobody", MONTH, -1, 7))));

    assertThat(sums("a", MONTH).get(0)).isEqualTo(List.of(40L, 40L, 0L));
    assertThat(sums("nobody", MONTH)).isEmpty();
  }

  @Test
  void a_holder_that_was_ended_takes_no_step_any_more() {
    step(one, "a", 0, 0, 0, 600);
    get(store().end(one, false, List.of()));

    assertThat(failure(store().step(one, List.of(next("a", LIMIT, 0, 0, 0, 1)))))
        .isEqualTo(Kind.FENCED);
    assertThat(failure(store().step(one, List.of(next("new", LIMIT, 0, 0, 0, 1)))))
        .isEqualTo(Kind.FENCED);
    assertThat(failure(store().heartbeat(one, new LeaseStore.Signs(0)))).isEqualTo(Kind.FENCED);
  }

  @Test
  void a_holder_that_nobody_took_in_takes_no_step() {
    assertThat(failure(store().step(UUID.randomUUID(), List.of(next("a", LIMIT, 0, 0, 0, 1)))))
        .isEqualTo(Kind.FENCED);
  }

  @Test
  void an_operators_word_ends_a_holder_and_its_own_journal_is_believed_where_it_says_more() {
    step(one, "a", 100, 0, 0, 300);
    settle(one, false);
    assertThat(sums("a", MONTH).get(0)).isEqualTo(List.of(100L, 100L, 0L));
    assertThat(failure(store().step(one, List.of(next("a", LIMIT, 0, 0, 0, 1)))))
        .isEqualTo(Kind.FENCED);

    get(store().end(one, false, List.of(new Total("a", MONTH, LIMIT, 250))));

    assertThat(sums("a", MONTH).get(0)).isEqualTo(List.of(250L, 250L, 0L));
  }

  @Test
  void an_operator_may_count_all_that_a_node_held_as_spent() {
    step(one, "a", 100, 0, 0, 300);

    settle(one, true);

    assertThat(sums("a", MONTH).get(0)).isEqualTo(List.of(400L, 400L, 0L));
  }

  @Test
  void a_store_that_forgot_an_answer_takes_the_larger_word_and_says_so() {
    step(one, "a", 0, 0, 0, 100);

    StepAnswer answer =
        get(store().step(one, List.of(new Step("a", MONTH, 900, 899, 600, LIMIT, 550, 50, 0, 0))))
            .get(0);

    assertThat(answer.lost()).isTrue();
    assertThat(answer.authorised()).isEqualTo(600);
    assertThat(sums("a", MONTH).get(0)).isEqualTo(List.of(600L, 550L, 50L));
  }

  @Test
  void months_have_budgets_of_their_own() {
    get(store().step(one, List.of(new Step("a", MONTH, 1, 0, 0, LIMIT, 0, 0, 0, LIMIT))));

    StepAnswer next =
        get(store()
                .step(one, List.of(new Step("a", MONTH.plusMonths(1), 2, 0, 0, LIMIT, 0, 0, 0, 9))))
            .get(0);

    assertThat(next.authorised()).isEqualTo(9);
  }

  @Test
  void names_are_taken_as_they_are() {
    for (String name : List.of("o'hara \"x\"", "null\0byte", "half \ud83d", "\\0000", "🦊", "")) {
      assertThat(step(one, name, 0, 0, 0, 10).authorised()).as(name).isEqualTo(10);
      assertThat(sums(name, MONTH).get(0).get(0)).as(name).isEqualTo(10);
    }
  }

  @Test
  void many_steps_are_answered_in_the_order_in_which_they_were_asked() {
    List<Step> steps =
        List.of("z", "a", "é", "m", "Z", "🦊", "￿").stream()
            .map(name -> next(name, LIMIT, 0, 0, 0, 10 + name.codePointAt(0) % 100))
            .toList();

    List<StepAnswer> answers = get(store().step(one, steps));

    assertThat(answers.stream().map(StepAnswer::authorised).toList())
        .isEqualTo(steps.stream().map(Step::need).toList());
  }

  protected final StepAnswer step(
      UUID holder, String account, long spent, long keep, long want, long need) {
    return get(store().step(holder, List.of(next(account, LIMIT, spent, keep, want, need)))).get(0);
  }

  private StepAnswer limited(UUID holder, String account, long limit, long keep, long need) {
    return get(store().step(holder, List.of(next(account, limit, 0, keep, 0, need)))).get(0);
  }

  protected final Step next(
      String account, long limit, long spent, long keep, long want, long need) {
    return new Step(account, MONTH, ++numbers, 0, 0, limit, spent, keep, want, need);
  }

  protected static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  protected static Kind failure(Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
      throw new AssertionError("it succeeded");
    } catch (ExecutionException e) {
      return ((StoreException) e.getCause()).kind();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
