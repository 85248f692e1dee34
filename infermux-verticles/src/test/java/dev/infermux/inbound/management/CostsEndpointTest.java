package dev.infermux.inbound.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class CostsEndpointTest {

  private ScriptedViews views;

  @BeforeEach
  void open(Vertx vertx) {
    views = new ScriptedViews(vertx, null);
  }

  @AfterEach
  void close() {
    views.close();
  }

  @Test
  void amounts_are_exact_and_never_have_an_exponent() {
    assertThat(get("costs").body())
        .isEqualTo(
            "{\"period\":\"2026-11\",\"total_usd\":1234567.000000101,"
                + "\"by_provider\":{\"p\":1234567.000000001},"
                + "\"by_model\":{\"dear\":1234567.000000001,\"cheap\":0.0000001},"
                + "\"requests\":4,\"prompt_tokens\":40,\"completion_tokens\":4}");
  }

  @Test
  void another_month_is_asked_for_by_name() {
    assertThat(get("costs?period=2026-02").body())
        .isEqualTo(
            "{\"period\":\"2026-02\",\"total_usd\":0,\"by_provider\":{},\"by_model\":{},"
                + "\"requests\":0,\"prompt_tokens\":0,\"completion_tokens\":0}");
  }

  @Test
  void callers_with_a_budget_say_what_is_left() {
    assertThat(get("costs/by-caller").body())
        .isEqualTo(
            "{\"period\":\"2026-11\",\"callers\":["
                + "{\"caller\":\"team-a\",\"total_usd\":0.0000001,\"budget_usd\":2,"
                + "\"budget_remaining_usd\":0.9999999,\"budget_reserved_usd\":0,"
                + "\"requests\":1,\"prompt_tokens\":10,\"completion_tokens\":1},"
                + "{\"caller\":\"anonymous\",\"total_usd\":1234567.000000001,"
                + "\"requests\":3,\"prompt_tokens\":30,\"completion_tokens\":3}]}");
  }

  @Test
  void one_caller_comes_with_the_split_by_model() {
    assertThat(get("costs/caller/team-a").body())
        .isEqualTo(
            "{\"period\":\"2026-11\",\"caller\":\"team-a\",\"total_usd\":0.0000001,"
                + "\"budget_usd\":2,\"budget_remaining_usd\":0.9999999,\"budget_reserved_usd\":0,"
                + "\"requests\":1,\"prompt_tokens\":10,\"completion_tokens\":1,"
                + "\"by_model\":{\"dear\":1234567.000000001,\"cheap\":0.0000001}}");
  }

  @Test
  void unknown_caller_is_told_where_the_known_ones_are() {
    WireAnswer unknown = get("costs/caller/team%20b%2Fc");

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.error().getString("message"))
        .isEqualTo(
            "caller: \"team b/c\" (expected: one that has spent something in 2026-11 or has a"
                + " budget; GET costs/by-caller lists them)");
  }

  @ParameterizedTest
  @CsvSource({"model,dear", "group,group-1", "project,project-1"})
  void splits_have_the_amounts_by_name_and_rows_with_the_counts(String split, String first) {
    WireAnswer answer = get("costs/by-" + split);

    assertThat(answer.json().getJsonObject("by_" + split).containsKey(first)).isTrue();
    assertThat(answer.json().getJsonArray(split + "s").getJsonObject(0).getMap())
        .containsEntry(split, first)
        .containsKeys("total_usd", "requests", "prompt_tokens", "completion_tokens");
  }

  @ParameterizedTest
  @CsvSource({
    "'',24,1h",
    "?hours=2,2,1h",
    "?hours=25&bucket=1m,1500,1m",
    "?hours=960&bucket=24h,40,24h",
    "?hours=3&bucket=90m,2,90m",
    "?hours=3&bucket=60m,3,1h"
  })
  void series_have_a_point_for_each_bucket(String query, int points, String bucket) {
    WireAnswer series = get("costs/timeseries" + query);

    assertThat(series.json().getString("bucket")).isEqualTo(bucket);
    assertThat(series.json().getJsonArray("points")).hasSize(points);
    assertThat(series.body())
        .contains(
            "\"points\":[{\"start\":\"1970-01-01T00:00:00Z\",\"total_usd\":0,\"requests\":0,"
                + "\"prompt_tokens\":0,\"completion_tokens\":0}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "costs?period=2026-13 ; query: period: \"2026-13\""
            + " (expected: a month as YYYY-MM, from 2025-11 to 2026-11)",
        "costs?period= ; query: period: \"\""
            + " (expected: a month as YYYY-MM, from 2025-11 to 2026-11)",
        "costs/by-model?period=26-1 ; query: period: \"26-1\""
            + " (expected: a month as YYYY-MM, from 2025-11 to 2026-11)",
        "costs?period=2025-10 ; query: period: \"2025-10\""
            + " (expected: a month as YYYY-MM, from 2025-11 to 2026-11)",
        "costs?period=9999-12 ; query: period: \"9999-12\""
            + " (expected: a month as YYYY-MM, from 2025-11 to 2026-11)",
        "costs?perod=2026-11 ; query: perod: unknown (expected: period | scope)",
        "costs?period=2026-11&period=2026-10 ; query: period: given 2 times (expected: once)",
        "costs/timeseries?period=2026-11 ; query: period: unknown (expected: hours | bucket |"
            + " scope)",
        "costs/timeseries?hours=0 ; query: hours: \"0\" (expected: 1 to 960)",
        "costs/timeseries?hours=961 ; query: hours: \"961\" (expected: 1 to 960)",
        "costs/timeseries?hours=ten ; query: hours: \"ten\" (expected: 1 to 960)",
        "costs/timeseries?hours=26&bucket=1m ; query: hours: \"26\" (expected: 1 to 25)",
        "costs/timeseries?bucket=30s ; query: bucket: \"30s\" (expected: minutes or hours from 1m"
            + " to 24h, such as 15m)",
        "costs/timeseries?bucket=25h ; query: bucket: \"25h\" (expected: minutes or hours from 1m"
            + " to 24h, such as 15m)",
        "requests?limit=0 ; query: limit: \"0\" (expected: 1 to 3)",
        "requests?limit=4 ; query: limit: \"4\" (expected: 1 to 3)",
      })
  void what_cannot_be_meant_is_refused_with_what_can(String path, String message) {
    WireAnswer refused = get(path);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error().getString("message")).isEqualTo(message);
    assertThat(refused.error().getString("param")).isNotEmpty();
  }

  private WireAnswer get(String path) {
    try (Wire wire = Wire.connect(views.port())) {
      return wire.get("/_infermux/" + path);
    }
  }
}
