package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedBudgetBlockTest extends Reading {

  private static final String SHARED =
      """
      providers: [{ name: echo, type: echo }]
      budgets: { state_file: budgets.json, shared: { url: "postgresql://h/d", lost_after: %s } }
      """;

  /** It would be lost between two of its signs, and its word on a limit with it. */
  @Test
  void node_is_not_lost_before_it_has_missed_some_signs() throws Exception {
    assertThat(problems(read(SHARED.formatted("29s"))))
        .contains(
            "budgets.shared.lost_after: \"29s\" (expected: at least 30s: nodes give a sign each"
                + " 10 s)");
    assertThat(loaded(read(SHARED.formatted("30s"))).config().budgets().shared()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "u:s3cret@h",
        "u:s3cret@h/",
        "u:s3cret@h/d?sslmode=reqire",
        "u:s3cret@h/d?ssl=true",
        "u:s3cret@h/d?sslmode=require&sslcert=c.pem",
        "u:s3cret@1@h/d",
        "u:s3cret@h,i/d",
        "u:s3cret@h:x/d"
      })
  void address_names_a_database_and_nothing_that_would_be_left_out(String rest) throws Exception {
    String text = SHARED.formatted("30s");

    assertThat(problems(read(text.replace("h/d", rest))))
        .singleElement()
        .asString()
        .startsWith("budgets.shared.url: ")
        .doesNotContain("s3cret");
    assertThat(loaded(read(text.replace("h/d", "h/d?sslmode=verify-full"))).config()).isNotNull();
  }
}
