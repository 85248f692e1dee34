package dev.infermux.policy.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usd;
import dev.infermux.policy.budget.BudgetVerdict.Admit;
import dev.infermux.policy.budget.BudgetVerdict.Downgrade;
import dev.infermux.policy.budget.BudgetVerdict.Lowered;
import dev.infermux.policy.budget.BudgetVerdict.Stop;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prices are a dollar a million tokens both ways: a token is a thousand nano-dollars. */
class AccountsTest {

  private static final UnitPrice DOLLAR = price(1);
  private static final UnitPrice DIME = new UnitPrice(usd("0.1"), usd("0.1"));

  private final ManualTime time = new ManualTime("2026-11-21T12:00:00Z");

  @Test
  void a_reservation_is_the_prompt_and_the_longest_completion() {
    Accounts accounts = accounts(hardStop("a", "1"));

    Reservation reservation = admitted(accounts.reserve(request("a", 100, 400)));

    assertThat(reservation.amount()).isEqualTo(usd("0.0005"));
    assertThat(accounts.view("a").pending()).isEqualTo(usd("0.0005"));
  }

  @Test
  void a_call_without_a_maximum_reserves_what_its_model_can_write() {
    Accounts accounts = new Accounts(BudgetOptions.defaults(), time);

    Reservation reservation =
        admitted(
            accounts.reserve(request("a", 0, ReservationRequest.NOT_GIVEN).otherwise(700, true)));

    assertThat(reservation.amount()).isEqualTo(usd("0.0007"));
  }

  @Test
  void a_hard_limit_holds_a_call_to_what_was_reserved_for_it() {
    ReservationRequest unlimited = request("a", 0, ReservationRequest.NOT_GIVEN);

    assertThat(accounts(hardStop("a", "1")).reserve(unlimited.otherwise(700, true)).shortened())
        .isEqualTo(700);
    assertThat(accounts(hardStop("a", "1")).reserve(unlimited.otherwise(700, false)).shortened())
        .isNull();
    assertThat(accounts(hardStop("a", "1")).reserve(request("a", 0, 700)).shortened()).isNull();
    assertThat(
            new Accounts(BudgetOptions.defaults(), time)
                .reserve(unlimited.otherwise(700, true))
                .shortened())
        .isNull();
  }

  @Test
  void a_reserved_name_has_its_own_account_however_many_came_before() {
    BudgetOptions one = BudgetOptions.defaults().withTrackedCallers(1);
    Accounts accounts =
        new Accounts(
            one.withReserved(
                new ReservedNames() {
                  @Override
                  public boolean caller(String caller) {
                    return caller.equals("keyed");
                  }

                  @Override
                  public boolean other(String name) {
                    return false;
                  }
                }),
            time);
    for (String caller : new String[] {"junk-1", "junk-2", "keyed"}) {
      accounts.settle(admitted(accounts.reserve(request(caller, 0, 400))), usd("0.1"));
    }

    assertThat(accounts.view("junk-1").caller()).isEqualTo("junk-1");
    assertThat(accounts.view("junk-2").caller()).isEqualTo(Accounts.OTHER);
    assertThat(accounts.view("keyed").caller()).isEqualTo("keyed");
    assertThat(accounts.tracked()).isEqualTo(1);
  }

  @Test
  void every_choice_is_reserved() {
    Accounts accounts = accounts(hardStop("a", "1"));

    Reservation reservation =
        admitted(
            accounts.reserve(
                new ReservationRequest(
                    "a", "m", 100, 200, 3, 0, DOLLAR, null, ReservationRequest.Unlimited.FREELY)));

    assertThat(reservation.amount()).isEqualTo(usd("0.0007"));
  }

  @Test
  void a_limit_can_be_used_to_the_last_nano_dollar() {
    Accounts accounts = accounts(hardStop("a", "0.001"));

    Reservation reservation = admitted(accounts.reserve(request("a", 0, 1000)));
    accounts.settle(reservation, reservation.amount());

    assertThat(accounts.view("a").remaining()).isEqualTo(Usd.ZERO);
    assertThat(accounts.reserve(request("a", 1, 0))).isInstanceOf(Stop.class);
  }

  @Test
  void a_preview_says_what_a_reservation_would_and_reserves_nothing() {
    Accounts accounts = accounts(hardStop("a", "0.001"));
    List<ReservationRequest> requests =
        List.of(request("a", 0, 400), request("a", 100, 5_000), request("a", 2_000, 10));

    for (ReservationRequest request : requests) {
      BudgetVerdict previewed = accounts.preview(request);
      assertThat(accounts.pendingCount()).isZero();
      assertThat(accounts.view("a").pending()).isEqualTo(Usd.ZERO);
      BudgetVerdict real = accounts.reserve(request);

      assertThat(previewed).hasSameClassAs(real);
      Reservation reservation = real.reservation();
      if (reservation != null) {
        assertThat(previewed.reservation().amount()).isEqualTo(reservation.amount());
        assertThat(accounts.release(previewed.reservation())).isFalse();
        assertThat(accounts.release(reservation)).isTrue();
      }
    }
    assertThat(accounts.tracked()).isZero();
  }

  @Test
  void what_is_in_flight_counts_before_it_is_settled() {
    Accounts accounts = accounts(hardStop("a", "0.001"));

    Reservation first = admitted(accounts.reserve(request("a", 0, 1000)));

    assertThat(accounts.reserve(request("a", 10, 0)))
        .isEqualTo(new Stop(usd("0.001"), Usd.ZERO, usd("0.001")));
    accounts.release(first);
    assertThat(accounts.reserve(request("a", 10, 0))).isInstanceOf(Admit.class);
  }

  @Test
  void a_free_call_goes_through_an_empty_account() {
    Accounts accounts = accounts(hardStop("a", "0"));

    assertThat(
            accounts.reserve(
                new ReservationRequest(
                    "a",
                    "m",
                    100,
                    100,
                    1,
                    0,
                    UnitPrice.FREE,
                    null,
                    ReservationRequest.Unlimited.FREELY)))
        .isInstanceOf(Admit.class);
    assertThat(accounts.reserve(request("a", 1, 0))).isInstanceOf(Stop.class);
  }

  @Test
  void a_completion_that_does_not_fit_is_shortened_to_what_fits() {
    Accounts accounts = accounts(hardStop("a", "0.001"));

    BudgetVerdict verdict = accounts.reserve(request("a", 500, 1000));

    assertThat(verdict).isInstanceOf(Lowered.class);
    assertThat(((Lowered) verdict).maxTokens()).isEqualTo(500);
    assertThat(((Lowered) verdict).reservation().amount()).isEqualTo(usd("0.001"));
  }

  @Test
  void a_call_without_a_maximum_is_shortened_alike() {
    Accounts accounts = accounts(hardStop("a", "0.001"));

    ReservationRequest unlimited = request("a", 700, ReservationRequest.NOT_GIVEN);
    BudgetVerdict verdict = accounts.reserve(unlimited.otherwise(16_384, true));

    assertThat(((Lowered) verdict).maxTokens()).isEqualTo(300);
  }

  @Test
  void a_call_that_cannot_be_told_its_longest_completion_is_not_shortened() {
    ReservationRequest unlimited = request("a", 700, ReservationRequest.NOT_GIVEN);

    assertThat(accounts(hardStop("a", "0.001")).reserve(unlimited.otherwise(301, false)))
        .isInstanceOf(BudgetVerdict.Stop.class);
    assertThat(accounts(hardStop("a", "0.001")).reserve(unlimited.otherwise(300, false)))
        .isInstanceOf(BudgetVerdict.Admit.class);
  }

  @Test
  void choices_share_what_fits() {
    Accounts accounts = accounts(hardStop("a", "0.001"));

    BudgetVerdict verdict =
        accounts.reserve(
            new ReservationRequest(
                "a", "m", 100, 1000, 2, 0, DOLLAR, null, ReservationRequest.Unlimited.FREELY));

    assertThat(((Lowered) verdict).maxTokens()).isEqualTo(450);
    assertThat(((Lowered) verdict).reservation().amount()).isEqualTo(usd("0.001"));
  }

  @Test
  void a_prediction_is_reserved_beside_the_completion() {
    Accounts accounts = accounts(hardStop("a", "0.001"));

    BudgetVerdict verdict =
        accounts.reserve(
            new ReservationRequest(
                "a", "m", 100, 1000, 2, 150, DOLLAR, null, ReservationRequest.Unlimited.FREELY));

    assertThat(((Lowered) verdict).maxTokens()).isEqualTo(300);
    assertThat(((Lowered) verdict).reservation().amount()).isEqualTo(usd("0.001"));
  }

  @Test
  void a_prediction_that_does_not_fit_is_refused() {
    Accounts accounts = accounts(hardStop("a", "0.001"));

    assertThat(
            accounts.reserve(
                new ReservationRequest(
                    "a", "m", 100, 8, 1, 893, DOLLAR, null, ReservationRequest.Unlimited.FREELY)))
        .isInstanceOf(Stop.class);
    assertThat(
            accounts.reserve(
                new ReservationRequest(
                    "a", "m", 100, 8, 1, 892, DOLLAR, null, ReservationRequest.Unlimited.FREELY)))
        .isInstanceOf(Admit.class);
  }

  @Test
  void an_override_that_is_dearer_than_what_was_asked_is_none() {
    Accounts accounts =
        accounts(
            budget("a", "0.0001", BudgetAction.MODEL_OVERRIDE, "dear"),
            budget("b", "0.0005", BudgetAction.HARD_STOP, "dear"));

    assertThat(
            accounts.reserve(
                new ReservationRequest(
                    "a", "m", 100, 1000, 1, 0, DIME, DOLLAR, ReservationRequest.Unlimited.FREELY)))
        .isInstanceOf(Admit.class);
    assertThat(
            accounts.reserve(
                new ReservationRequest(
                    "b",
                    "m",
                    100,
                    10_000,
                    1,
                    0,
                    DIME,
                    DOLLAR,
                    ReservationRequest.Unlimited.FREELY)))
        .isInstanceOf(Lowered.class);
  }

  @Test
  void a_completion_too_short_to_be_useful_is_refused() {
    Accounts accounts = accounts(hardStop("a", "0.001"));

    assertThat(accounts.reserve(request("a", 985, 40))).isInstanceOf(Stop.class);
    assertThat(accounts.reserve(request("a", 984, 40))).isInstanceOf(Lowered.class);
  }

  @Test
  void a_quarter_of_what_was_asked_is_useful_and_256_tokens_always_are() {
    assertThat(AdmissionTerms.useful(8)).isEqualTo(8);
    assertThat(AdmissionTerms.useful(40)).isEqualTo(16);
    assertThat(AdmissionTerms.useful(400)).isEqualTo(100);
    assertThat(AdmissionTerms.useful(100_000)).isEqualTo(256);
  }

  @Test
  void an_alert_lets_everything_through_and_tells_each_mark_once() {
    Accounts accounts = accounts(budget("a", "0.001", BudgetAction.ALERT, null));

    assertThat(spend(accounts, "a", 799)).isEmpty();
    assertThat(spend(accounts, "a", 1)).containsExactly(80);
    assertThat(spend(accounts, "a", 199)).isEmpty();
    assertThat(spend(accounts, "a", 1)).containsExactly(100);
    assertThat(spend(accounts, "a", 999)).isEmpty();
    assertThat(spend(accounts, "a", 2001)).containsExactly(200, 300, 400);
    assertThat(spend(accounts, "a", 1)).isEmpty();
  }

  @Test
  void alerts_begin_anew_each_month() {
    Accounts accounts = accounts(budget("a", "0.001", BudgetAction.ALERT, null));
    spend(accounts, "a", 1000);

    time.set("2026-12-01T00:00:00Z");

    assertThat(spend(accounts, "a", 1000)).containsExactly(80, 100);
  }

  @Test
  void one_cost_reports_ten_further_marks_at_most() {
    Accounts accounts = accounts(budget("a", "0.000001", BudgetAction.ALERT, null));

    assertThat(spend(accounts, "a", 1000)).hasSize(11).startsWith(80).endsWith(100_000);
  }

  @Test
  void an_override_serves_the_cheaper_model_once_the_asked_one_does_not_fit() {
    Accounts accounts = accounts(budget("a", "0.001", BudgetAction.MODEL_OVERRIDE, "small"));

    assertThat(accounts.reserve(override("a", 0, 1000))).isInstanceOf(Admit.class);
    BudgetVerdict verdict = accounts.reserve(override("a", 0, 1000));

    assertThat(verdict).isInstanceOf(Downgrade.class);
    assertThat(((Downgrade) verdict).model()).isEqualTo("small");
    assertThat(((Downgrade) verdict).reservation().amount()).isEqualTo(usd("0.0001"));
  }

  @Test
  void a_call_for_the_cheaper_model_itself_is_not_overridden() {
    Accounts accounts = accounts(budget("a", "0", BudgetAction.MODEL_OVERRIDE, "m"));

    assertThat(accounts.reserve(override("a", 0, 1000))).isInstanceOf(Admit.class);
  }

  @Test
  void a_hard_stop_with_an_override_downgrades_before_it_shortens_and_shortens_before_it_refuses() {
    Accounts accounts = accounts(budget("a", "0.0009", BudgetAction.HARD_STOP, "small"));

    assertThat(accounts.reserve(override("a", 0, 1000)))
        .isInstanceOfSatisfying(Downgrade.class, d -> assertThat(d.maxTokens()).isNull());
    assertThat(accounts.reserve(override("a", 0, 16_000)))
        .isInstanceOfSatisfying(Downgrade.class, d -> assertThat(d.maxTokens()).isEqualTo(8000));
    assertThat(accounts.reserve(override("a", 10, 1000))).isInstanceOf(Stop.class);
  }

  @Test
  void a_reservation_ends_once() {
    Accounts accounts = accounts(hardStop("a", "1"));
    Reservation reservation = admitted(accounts.reserve(request("a", 0, 1000)));

    assertThat(accounts.settle(reservation, usd("0.0004")).counted()).isTrue();

    assertThat(accounts.settle(reservation, usd("0.0004")).counted()).isFalse();
    assertThat(accounts.settlePart(reservation, usd("0.0004")).counted()).isFalse();
    assertThat(accounts.release(reservation)).isFalse();
    assertThat(accounts.extend(reservation, usd("0.1"))).isFalse();
    accounts.reduce(reservation, Usd.ZERO);
    assertThat(accounts.view("a").spent()).isEqualTo(usd("0.0004"));
    assertThat(accounts.view("a").pending()).isEqualTo(Usd.ZERO);
  }

  @Test
  void a_reservation_is_reduced_and_never_grows_by_it() {
    Accounts accounts = accounts(hardStop("a", "1"));
    Reservation reservation = admitted(accounts.reserve(request("a", 0, 1000)));

    accounts.reduce(reservation, usd("0.0006"));
    accounts.reduce(reservation, usd("0.0008"));

    assertThat(accounts.view("a").pending()).isEqualTo(usd("0.0006"));
  }

  @Test
  void a_failed_attempt_is_settled_in_part_and_the_next_one_needs_its_own() {
    Accounts accounts = accounts(hardStop("a", "0.0015"));
    Reservation reservation = admitted(accounts.reserve(request("a", 0, 1000)));

    assertThat(accounts.settlePart(reservation, usd("0.0004")).overrun()).isEqualTo(Usd.ZERO);
    assertThat(accounts.view("a").pending()).isEqualTo(usd("0.0006"));

    assertThat(accounts.extend(reservation, usd("0.0010"))).isTrue();
    accounts.settlePart(reservation, usd("0.0006"));
    assertThat(accounts.extend(reservation, usd("0.0010"))).isFalse();
    assertThat(accounts.view("a").pending()).isEqualTo(usd("0.0004"));
  }

  @Test
  void a_cost_above_its_reservation_is_settled_reported_and_stops_the_caller() {
    Accounts accounts = accounts(hardStop("a", "0.001"));
    Reservation reservation = admitted(accounts.reserve(request("a", 0, 1000)));

    SettleResult result = accounts.settle(reservation, usd("0.0012"));

    assertThat(result.overrun()).isEqualTo(usd("0.0002"));
    assertThat(accounts.view("a").spent()).isEqualTo(usd("0.0012"));
    assertThat(accounts.view("a").remaining()).isEqualTo(Usd.ZERO);
    assertThat(accounts.reserve(request("a", 1, 0))).isInstanceOf(Stop.class);
  }

  @Test
  void a_cost_stands_in_the_month_of_the_admission() {
    Accounts accounts = accounts(hardStop("a", "0.001"));
    time.set("2026-11-30T23:59:59.999Z");
    Reservation november = admitted(accounts.reserve(request("a", 0, 1000)));

    time.set("2026-12-01T00:00:00Z");
    Reservation december = admitted(accounts.reserve(request("a", 0, 1000)));
    accounts.settle(november, usd("0.001"));

    assertThat(accounts.view("a").month()).isEqualTo(YearMonth.of(2026, 12));
    assertThat(accounts.view("a").spent()).isEqualTo(Usd.ZERO);
    assertThat(accounts.view("a").pending()).isEqualTo(december.amount());
    assertThat(accounts.pendingCount()).isEqualTo(1);
  }

  @Test
  void a_clock_that_runs_backwards_does_not_reopen_a_month() {
    time.set("2026-12-01T00:00:00Z");
    Accounts accounts = accounts(hardStop("a", "0.001"));
    spend(accounts, "a", 1000);

    time.set("2026-11-30T23:59:59Z");

    assertThat(accounts.reserve(request("a", 1, 0))).isInstanceOf(Stop.class);
    assertThat(admitted(accounts.reserve(request("b", 1, 0))).admittedMillis())
        .isEqualTo(Instant.parse("2026-12-01T00:00:00Z").toEpochMilli());
  }

  @Test
  void everyone_without_a_budget_has_an_account_of_his_own_under_the_budget_of_the_star() {
    Accounts accounts = accounts(hardStop("*", "0.001"), hardStop("rich", "1"));

    spend(accounts, "a", 1000);

    assertThat(accounts.reserve(request("a", 1, 0))).isInstanceOf(Stop.class);
    assertThat(accounts.reserve(request("b", 0, 1000))).isInstanceOf(Admit.class);
    assertThat(accounts.reserve(request("rich", 0, 100_000))).isInstanceOf(Admit.class);
  }

  @Test
  void callers_beyond_the_cap_share_one_account() {
    Accounts accounts =
        new Accounts(
            BudgetOptions.defaults()
                .withTrackedCallers(2)
                .withCallers(List.of(hardStop("*", "0.001"), hardStop("named", "1"))),
            time);
    spend(accounts, "a", 1);
    spend(accounts, "b", 1);

    spend(accounts, "c", 600);
    spend(accounts, "d", 400);

    assertThat(accounts.reserve(request("e", 1, 0))).isInstanceOf(Stop.class);
    assertThat(accounts.view("c").caller()).isEqualTo(Accounts.OTHER);
    assertThat(accounts.reserve(request("a", 1, 0))).isInstanceOf(Admit.class);
    assertThat(accounts.reserve(request("named", 0, 1000))).isInstanceOf(Admit.class);
    assertThat(accounts.tracked()).isEqualTo(2);
  }

  @Test
  void callers_without_spend_take_no_room() {
    Accounts accounts = accounts(hardStop("*", "0.001"));

    for (int i = 0; i < 1000; i++) {
      accounts.release(admitted(accounts.reserve(request("caller-" + i, 0, 10))));
      accounts.reserve(request("caller-" + i, 2000, 10));
    }

    assertThat(accounts.tracked()).isZero();
  }

  @Test
  void spend_from_before_a_restart_counts_and_alerts_only_for_what_is_new() {
    Accounts accounts = accounts(hardStop("a", "0.001"));

    List<BudgetAlert> alerts = accounts.restore("a", usd("0.0008"), usd("0.0002"));

    assertThat(alerts).extracting(BudgetAlert::percent).containsExactly(100);
    assertThat(accounts.reserve(request("a", 1, 0))).isInstanceOf(Stop.class);
  }

  @Test
  void other_budgets_come_into_force_with_the_spend_as_it_is() {
    Accounts accounts = accounts(hardStop("a", "0.001"));
    spend(accounts, "a", 1000);

    accounts.reconfigure(BudgetOptions.defaults().withCallers(List.of(hardStop("a", "0.002"))));

    assertThat(accounts.view("a").remaining()).isEqualTo(usd("0.001"));
    assertThat(spend(accounts, "a", 600)).containsExactly(80);
  }

  @Test
  void absurd_prices_and_counts_reserve_a_million_dollars_and_no_more() {
    Accounts accounts = accounts();
    UnitPrice absurd = new UnitPrice(new Usd(Long.MAX_VALUE), new Usd(Long.MAX_VALUE));

    Reservation reservation =
        admitted(
            accounts.reserve(
                new ReservationRequest(
                    "a",
                    "m",
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    absurd,
                    null,
                    ReservationRequest.Unlimited.FREELY)));

    assertThat(reservation.amount()).isEqualTo(usd("1000000"));
  }

  private Accounts accounts(CallerBudget... budgets) {
    return new Accounts(BudgetOptions.defaults().withCallers(List.of(budgets)), time);
  }

  /** Spends so many tokens, and says which marks were told. */
  private List<Integer> spend(Accounts accounts, String caller, long tokens) {
    Reservation reservation = admitted(accounts.reserve(request(caller, 0, tokens)));
    return accounts.settle(reservation, reservation.amount()).alerts().stream()
        .map(BudgetAlert::percent)
        .toList();
  }

  private static Reservation admitted(BudgetVerdict verdict) {
    assertThat(verdict).isInstanceOf(Admit.class);
    return ((Admit) verdict).reservation();
  }

  private static ReservationRequest request(String caller, long prompt, long maxTokens) {
    return new ReservationRequest(
        caller, "m", prompt, maxTokens, 1, 0, DOLLAR, null, ReservationRequest.Unlimited.FREELY);
  }

  private static ReservationRequest override(String caller, long prompt, long maxTokens) {
    return new ReservationRequest(
        caller, "m", prompt, maxTokens, 1, 0, DOLLAR, DIME, ReservationRequest.Unlimited.FREELY);
  }

  private static CallerBudget hardStop(String caller, String usd) {
    return budget(caller, usd, BudgetAction.HARD_STOP, null);
  }

  private static CallerBudget budget(
      String caller, String usd, BudgetAction action, String override) {
    return new CallerBudget(caller, new BigDecimal(usd), action, override);
  }

  private static UnitPrice price(long dollars) {
    return new UnitPrice(usd(Long.toString(dollars)), usd(Long.toString(dollars)));
  }

  private static Usd usd(String dollars) {
    return Usd.of(new BigDecimal(dollars));
  }
}
