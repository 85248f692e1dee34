package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetShapesTest extends Reading {
  private static final String ECHO = "providers: [{ name: echo, type: echo }]\n";
  private static final List<CallerBudget> CALLERS =
      List.of(
          new CallerBudget("a", new BigDecimal("10.00"), BudgetAction.HARD_STOP, null),
          new CallerBudget("*", new BigDecimal("0.000000001"), BudgetAction.ALERT, null));

  @Test
  void a_plain_list_is_the_callers() throws Exception {
    String yaml =
        """
        budgets:
          - { caller: a, monthly_usd: 10.00 }
          - { caller: "*", monthly_usd: 0.000000001, action: alert }
        """;

    assertThat(budgets(yaml)).isEqualTo(BudgetOptions.defaults().withCallers(CALLERS));
  }

  @Test
  void a_mapping_has_settings_and_callers() throws Exception {
    String yaml =
        """
        budgets:
          state_file: /var/lib/b.json
          reserve_output_tokens: 512
          callers:
            - { caller: a, monthly_usd: 10.00 }
            - { caller: "*", monthly_usd: 0.000000001, action: alert }
        """;

    assertThat(budgets(yaml))
        .isEqualTo(
            BudgetOptions.defaults()
                .withStateFile(Path.of("/var/lib/b.json"))
                .withReserveOutputTokens(512)
                .withCallers(CALLERS));
  }

  @Test
  void the_mixed_form_reads_as_the_mapping() throws Exception {
    String yaml =
        """
        budgets:
          state_file: /var/lib/b.json
          - caller: a
            monthly_usd: 10.00
          - caller: "*"
            monthly_usd: 0.000000001
            action: alert
        """;

    assertThat(budgets(yaml))
        .isEqualTo(
            BudgetOptions.defaults()
                .withStateFile(Path.of("/var/lib/b.json"))
                .withCallers(CALLERS));
  }

  @Test
  void a_mistake_below_the_mixed_form_keeps_its_line() throws Exception {
    String yaml = "budgets:\n  state_file: x\n  - caller: a\n    monthly_usd: 1\nlog: *nobody\n";

    assertThat(malformed(read(yaml))).contains("line 5, column 6:");
  }

  @Test
  void another_mixture_is_malformed() throws Exception {
    String yaml = "budgets:\n  other: x\n  - caller: a\n    monthly_usd: 1\n";

    assertThat(malformed(read(yaml))).contains("line 3, column 3:");
  }

  @Test
  void a_caller_may_have_any_name_that_requests_may_give() throws Exception {
    String yaml = "budgets: [{ caller: 'Zoë 東京', monthly_usd: 1 }]";

    assertThat(budgets(yaml).callers()).extracting(CallerBudget::caller).containsExactly("Zoë 東京");
  }

  private BudgetOptions budgets(String yaml) throws Exception {
    return loaded(read(ECHO + yaml)).config().budgets();
  }
}
