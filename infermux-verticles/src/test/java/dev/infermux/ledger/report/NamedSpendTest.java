package dev.infermux.ledger.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.inference.Usd;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamedSpendTest {

  private static final Instant NOW = Instant.parse("2026-11-28T10:20:00Z");
  private static final ReportLimits LIMITS = ReportLimits.of(10, Set.of("vip"));
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Reports reports = new Reports(LIMITS);

  @Test
  void each_dimension_has_the_same_sum_by_hour_and_by_day() {
    add(NOW.minus(Duration.ofHours(25)), "a", 1);
    add(NOW.minus(Duration.ofHours(1)), "a", 20);
    add(NOW, "a", 300);

    for (Dimension dimension : Dimension.values()) {
      Map<String, List<Usd>> hours = reports.latest(dimension, NOW, false, 24);
      Map<String, List<Usd>> days = reports.latest(dimension, NOW, true, 31);

      assertThat(hours).hasSize(1);
      assertThat(hours.values().iterator().next())
          .hasSize(24)
          .endsWith(Usd.ZERO, new Usd(20), new Usd(300));
      assertThat(days.values().iterator().next()).hasSize(31).endsWith(new Usd(1), new Usd(320));
    }
    assertThat(reports.latest(Dimension.CALLER, NOW, true, 31)).containsOnlyKeys("a");
    assertThat(reports.latest(Dimension.PROJECT, NOW, true, 31)).containsOnlyKeys("none");
  }

  @Test
  void what_is_past_is_left_out_and_its_place_used_anew() {
    add(NOW.minus(Duration.ofDays(40)), "old", 5);
    add(NOW.minus(Duration.ofHours(30)), "yesterday", 5);

    assertThat(reports.latest(Dimension.CALLER, NOW, false, 24)).isEmpty();
    assertThat(reports.latest(Dimension.CALLER, NOW, true, 40)).containsOnlyKeys("yesterday");
    add(NOW, "old", 7);
    assertThat(reports.latest(Dimension.CALLER, NOW, true, 40).get("old"))
        .endsWith(new Usd(7))
        .startsWith(Usd.ZERO);
  }

  @Test
  void names_beyond_the_limit_are_summed_until_silent_ones_make_room() {
    for (int i = 0; i < NamedSpend.MOST + 50; i++) {
      add(NOW, "caller-" + i, 1);
    }
    add(NOW, "vip", 1);
    Map<String, List<Usd>> crowded = reports.latest(Dimension.CALLER, NOW, false, 1);
    Instant later = NOW.plus(Duration.ofDays(41));
    add(later, "newcomer", 1);

    assertThat(crowded).hasSize(NamedSpend.MOST + 2).containsKey("vip");
    assertThat(crowded.get(Reports.OTHER)).containsExactly(new Usd(50));
    assertThat(reports.latest(Dimension.CALLER, later, true, 40)).containsOnlyKeys("newcomer");
  }

  @Test
  void a_state_file_has_all_of_it_and_one_of_an_earlier_version_nothing() throws IOException {
    add(NOW.minus(Duration.ofHours(25)), "a", 1);
    add(NOW, "b", 300);
    ObjectNode written = (ObjectNode) JSON.readTree(text(reports));

    Reports read = ReportsJson.read(written, LIMITS);
    Reports earlier = ReportsJson.read(written.without(List.of("names")), LIMITS);

    for (boolean days : new boolean[] {true, false}) {
      for (Dimension dimension : Dimension.values()) {
        assertThat(read.latest(dimension, NOW, days, 30))
            .isNotEmpty()
            .isEqualTo(reports.latest(dimension, NOW, days, 30));
      }
    }
    assertThat(text(read)).isEqualTo(text(reports));
    assertThat(earlier.latest(Dimension.CALLER, NOW, true, 30)).isEmpty();
    assertThat(earlier.periods()).isEqualTo(reports.periods());
  }

  private static String text(Reports reports) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      ReportsJson.write(reports, json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private void add(Instant at, String caller, long nanos) {
    CostEntry cost = new CostEntry("", "", "openai", "m", new Usd(nanos), 10, 20);
    reports.add(new LedgerEntry(at.toEpochMilli(), caller, true, cost));
  }
}
