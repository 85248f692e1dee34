package dev.infermux.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.FailureClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs the hours of facts of docs/simulation.md, and holds the page to them. */
class FactHourTest {

  private static final Path PAGE = Path.of("../docs/simulation.md");
  private static final String BEGIN = "<!-- facts -->\n";
  private static final String END = "<!-- end of facts -->\n";
  private static final Map<FactHour, Tally> HOURS = new EnumMap<>(FactHour.class);

  @BeforeAll
  static void runAllHours() {
    for (FactHour hour : FactHour.values()) {
      HOURS.put(hour, hour.run());
    }
  }

  @Test
  void the_page_shows_what_the_hours_give() throws IOException {
    String page = Files.readString(PAGE);
    String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    String after = page.substring(page.indexOf(END));
    String now = before + "\n" + table() + "\n" + after;
    if (Boolean.getBoolean("simulation.write")) {
      Files.writeString(PAGE, now);
      return;
    }

    assertThat(page).as("run with -Dsimulation.write=true if it is wanted").isEqualTo(now);
  }

  @Test
  void no_fact_of_one_model_account_or_key_fails_a_call_that_another_provider_can_serve() {
    HOURS.forEach((hour, tally) -> assertThat(tally.failedCalls()).as(hour.title()).isZero());
  }

  @Test
  void what_is_said_of_one_model_or_one_callers_key_leaves_the_other_model_where_it_was() {
    double usual = primary(FactHour.NOTHING, Fleet.MODEL);
    for (FactHour hour :
        new FactHour[] {
          FactHour.LIMITED,
          FactHour.LIMITED_WITHOUT_A_TIME,
          FactHour.UNKNOWN,
          FactHour.BROKEN_MODEL_ALONE
        }) {
      assertThat(primary(hour, Fleet.MODEL)).as(hour.title()).isGreaterThan(usual - 0.01);
    }
    assertThat(primary(FactHour.CALLERS_KEY, Fleet.MODEL)).isBetween(0.86, 0.91);
    assertThat(primary(FactHour.BROKEN_MODEL, Fleet.MODEL)).as("one for all").isLessThan(0.9);
  }

  @Test
  void a_provider_that_says_so_is_asked_seldom() {
    assertThat(refused(FactHour.LIMITED)).as("once or so a minute").isLessThan(120);
    assertThat(refused(FactHour.LIMITED_WITHOUT_A_TIME)).isLessThan(80);
    assertThat(refused(FactHour.UNKNOWN)).isLessThan(65);
    assertThat(refused(FactHour.SPENT)).isLessThan(8);
  }

  private static double primary(FactHour hour, String model) {
    return tally(hour).share(model, Fleet.PRIMARY);
  }

  private static Tally tally(FactHour hour) {
    Tally tally = HOURS.get(hour);
    assertThat(tally).isNotNull();
    return tally;
  }

  private static int refused(FactHour hour) {
    FailureClass kind =
        switch (hour) {
          case NOTHING, LIMITED, LIMITED_WITHOUT_A_TIME, CALLERS_KEY -> FailureClass.RATE_LIMITED;
          case UNKNOWN -> FailureClass.NOT_FOUND;
          case SPENT -> FailureClass.QUOTA;
          case BROKEN_MODEL, BROKEN_MODEL_ALONE -> FailureClass.SERVER_ERROR;
        };
    return tally(hour).failures(Fleet.PRIMARY, kind);
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder("| `primary` says | calls | failed | `m` at primary | `n` at primary |")
            .append(" attempts that it answers so | p99 ms |\n|---|--:|--:|--:|--:|--:|--:|\n");
    HOURS.forEach(
        (hour, tally) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %.1f %% | %.1f %% | %,d | %,d |\n",
                    hour.title(),
                    tally.calls(),
                    tally.failedCalls(),
                    100 * primary(hour, Fleet.MODEL),
                    100 * primary(hour, Fleet.OTHER),
                    refused(hour),
                    tally.percentileMillis(99))));
    return table.toString();
  }
}
