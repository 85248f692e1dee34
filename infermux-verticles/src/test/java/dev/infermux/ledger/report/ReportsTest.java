package dev.infermux.ledger.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usd;
import dev.infermux.policy.budget.ReservedNames;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:34:56Z");
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

  private final Reports reports = new Reports(ReportLimits.of(10, Set.of("vip")));

  @Test
  void a_month_is_summed_by_everything() {
    add(NOW, "a", entry("p1", "fast", "openai", "gpt-4o", 5));
    add(NOW, "a", entry("p2", "", "openai", "gpt-4o-mini", 2));
    add(NOW, "b", entry("", "fast", "anthropic", "claude", 40));

    assertThat(reports.total(NOVEMBER)).isEqualTo(tally(47, 3));
    assertThat(reports.by(Dimension.CALLER, NOVEMBER))
        .containsExactly(Map.entry("b", tally(40, 1)), Map.entry("a", tally(7, 2)));
    assertThat(reports.by(Dimension.MODEL, NOVEMBER).keySet())
        .containsExactly("claude", "gpt-4o", "gpt-4o-mini");
    assertThat(reports.by(Dimension.PROVIDER, NOVEMBER))
        .containsEntry("openai", tally(7, 2))
        .containsEntry("anthropic", tally(40, 1));
    assertThat(reports.by(Dimension.GROUP, NOVEMBER))
        .containsEntry("fast", tally(45, 2))
        .containsEntry("none", tally(2, 1));
    assertThat(reports.by(Dimension.PROJECT, NOVEMBER)).containsOnlyKeys("p1", "p2", "none");
  }

  @Test
  void a_caller_is_split_by_model() {
    add(NOW, "a", entry("", "", "openai", "gpt-4o", 5));
    add(NOW, "a", entry("", "", "openai", "gpt-4o-mini", 2));

    CallerReport report = reports.caller(NOVEMBER, "a").orElseThrow();

    assertThat(report.total()).isEqualTo(tally(7, 2));
    assertThat(report.byModel())
        .containsEntry("gpt-4o", tally(5, 1))
        .containsEntry("gpt-4o-mini", tally(2, 1));
    assertThat(reports.caller(NOVEMBER, "nobody")).isEmpty();
    assertThat(reports.caller(NOVEMBER.minusMonths(1), "a")).isEmpty();
  }

  @Test
  void a_call_that_was_charged_twice_is_one_request() {
    reports.add(new LedgerEntry(NOW.toEpochMilli(), "a", false, entry("", "", "openai", "m", 5)));
    reports.add(new LedgerEntry(NOW.toEpochMilli(), "a", true, entry("", "", "azure", "m", 7)));

    assertThat(reports.total(NOVEMBER)).isEqualTo(new Totals(new Usd(12), 1, 20, 40));
  }

  @Test
  void callers_beyond_the_limit_are_summed_under_other_and_named_ones_never_are() {
    for (int i = 0; i < 100; i++) {
      add(NOW, "caller-" + i, entry("", "", "openai", "m", 1));
    }
    add(NOW, "vip", entry("", "", "openai", "m", 1));

    assertThat(reports.by(Dimension.CALLER, NOVEMBER)).hasSize(12).containsKey("vip");
    assertThat(reports.caller(NOVEMBER, Reports.OTHER).orElseThrow().total())
        .isEqualTo(tally(90, 90));
    assertThat(reports.total(NOVEMBER)).isEqualTo(tally(101, 101));
  }

  @Test
  void models_beyond_the_limit_are_summed_under_other() {
    for (int i = 0; i < 5000; i++) {
      add(NOW, "a", entry("", "", "openai", "m" + i, 1));
    }

    assertThat(reports.by(Dimension.MODEL, NOVEMBER)).hasSize(1001);
    assertThat(reports.caller(NOVEMBER, "a").orElseThrow().byModel()).hasSize(33);
  }

  @Test
  void configured_names_keep_their_place_however_many_strangers_came() {
    ReservedNames configured =
        new ReservedNames() {
          @Override
          public boolean caller(String caller) {
            return caller.equals("keyed");
          }

          @Override
          public boolean other(String name) {
            return name.startsWith("own-");
          }
        };
    reports.limits(ReportLimits.of(10, Set.of(), configured));
    for (int i = 0; i < 2_000; i++) {
      add(NOW, "caller-" + i, entry("p" + i, "g" + i, "v" + i, "m" + i, 1));
    }
    add(NOW, "keyed", entry("own-project", "own-group", "own-provider", "own-model", 7));

    assertThat(reports.by(Dimension.CALLER, NOVEMBER)).containsEntry("keyed", tally(7, 1));
    assertThat(reports.by(Dimension.PROJECT, NOVEMBER)).containsEntry("own-project", tally(7, 1));
    assertThat(reports.by(Dimension.GROUP, NOVEMBER)).containsEntry("own-group", tally(7, 1));
    assertThat(reports.by(Dimension.PROVIDER, NOVEMBER)).containsEntry("own-provider", tally(7, 1));
    assertThat(reports.by(Dimension.MODEL, NOVEMBER)).containsEntry("own-model", tally(7, 1));
  }

  @Test
  void the_latest_thirteen_months_are_kept() {
    for (int month = 0; month < 20; month++) {
      Instant at = NOVEMBER.plusMonths(month).atDay(2).atStartOfDay(ZoneOffset.UTC).toInstant();
      add(at, "a", entry("", "", "openai", "m", 1));
    }
    add(NOW, "late", entry("", "", "openai", "m", 1));

    assertThat(reports.periods()).hasSize(13).contains(NOVEMBER.plusMonths(7));
    assertThat(reports.total(NOVEMBER)).isEqualTo(Totals.NOTHING);
  }

  @Test
  void a_series_has_every_bucket_up_to_now() {
    add(NOW, "a", entry("", "", "openai", "m", 1));
    add(NOW.minus(Duration.ofHours(2)), "a", entry("", "", "openai", "m", 20));
    add(NOW.minus(Duration.ofHours(24)), "a", entry("", "", "openai", "m", 300));

    List<ReportPoint> points = reports.timeseries(NOW, Duration.ofHours(24), Duration.ofHours(1));

    assertThat(points).hasSize(24);
    assertThat(points.get(23))
        .isEqualTo(new ReportPoint(Instant.parse("2026-11-21T12:00:00Z"), tally(1, 1)));
    assertThat(points.get(21).tally()).isEqualTo(tally(20, 1));
    assertThat(points.get(0))
        .isEqualTo(new ReportPoint(Instant.parse("2026-11-20T13:00:00Z"), Totals.NOTHING));
  }

  @Test
  void buckets_are_aligned_to_the_clock_and_of_any_whole_minutes() {
    add(Instant.parse("2026-11-21T12:14:59Z"), "a", entry("", "", "openai", "m", 1));
    add(Instant.parse("2026-11-21T12:15:00Z"), "a", entry("", "", "openai", "m", 20));

    List<ReportPoint> points = reports.timeseries(NOW, Duration.ofHours(1), Duration.ofMinutes(15));

    assertThat(points)
        .extracting(point -> point.start().toString())
        .containsExactly(
            "2026-11-21T11:45:00Z",
            "2026-11-21T12:00:00Z",
            "2026-11-21T12:15:00Z",
            "2026-11-21T12:30:00Z");
    assertThat(points)
        .extracting(point -> point.tally().usd().nanos())
        .containsExactly(0L, 1L, 20L, 0L);
  }

  @Test
  void a_day_is_a_bucket_in_utc() {
    add(Instant.parse("2026-11-20T23:59:59Z"), "a", entry("", "", "openai", "m", 1));
    add(Instant.parse("2026-11-21T00:00:00Z"), "a", entry("", "", "openai", "m", 20));

    List<ReportPoint> points = reports.timeseries(NOW, Duration.ofDays(32), Duration.ofDays(1));

    assertThat(points).hasSize(32);
    assertThat(points.get(31).tally().usd().nanos()).isEqualTo(20);
    assertThat(points.get(30).tally().usd().nanos()).isEqualTo(1);
  }

  @Test
  void a_span_is_cut_to_what_is_kept() {
    assertThat(reports.timeseries(NOW, Duration.ofDays(365), Duration.ofHours(1)))
        .hasSize(Reports.HOURS);
    assertThat(reports.timeseries(NOW, Duration.ofDays(365), Duration.ofMinutes(1)))
        .hasSize(Reports.MINUTES);
    assertThat(reports.timeseries(NOW, Duration.ofMinutes(1), Duration.ofDays(1))).hasSize(1);
  }

  @Test
  void buckets_are_used_anew_when_their_time_has_passed() {
    add(NOW.minus(Duration.ofDays(50)), "a", entry("", "", "openai", "m", 1));
    for (int hour = 0; hour < 3000; hour++) {
      add(NOW.plus(Duration.ofHours(hour)), "a", entry("", "", "openai", "m", 1));
    }
    Instant then = NOW.plus(Duration.ofHours(2999));
    add(NOW, "late", entry("", "", "openai", "m", 1));

    assertThat(reports.timeseries(then, Duration.ofDays(40), Duration.ofHours(1)))
        .allSatisfy(point -> assertThat(point.tally().usd().nanos()).isEqualTo(1));
  }

  @Test
  void names_are_cut_off() {
    add(NOW, "a", entry("", "", "openai", "m".repeat(10_000), 1));

    assertThat(reports.by(Dimension.MODEL, NOVEMBER)).containsOnlyKeys("m".repeat(256));
  }

  private void add(Instant at, String caller, CostEntry entry) {
    reports.add(new LedgerEntry(at.toEpochMilli(), caller, true, entry));
  }

  private static CostEntry entry(
      String project, String group, String provider, String model, long nanos) {
    return new CostEntry(project, group, provider, model, new Usd(nanos), 10, 20);
  }

  private static Totals tally(long nanos, long requests) {
    return new Totals(new Usd(nanos), requests, 10 * requests, 20 * requests);
  }
}
