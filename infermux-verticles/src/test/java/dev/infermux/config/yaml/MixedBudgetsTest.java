package dev.infermux.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixedBudgetsTest {

  @Test
  void items_beside_a_setting_become_callers() {
    String text =
        """
        listen: ":1"
        budgets: # spend
          # where
          state_file: "" # none

          - caller: a
            monthly_usd: 1
          - caller: b
            monthly_usd: 2
        routing: {}
        """;

    MixedBudgets mended = MixedBudgets.mend(text);

    assertThat(mended.text()).isEqualTo(text.replace("  - caller: a", "  callers:\n  - caller: a"));
    assertThat(mended.insertedLine()).isEqualTo(6);
    assertThat(mended.lineInFile(5)).isEqualTo(5);
    assertThat(mended.lineInFile(7)).isEqualTo(6);
  }

  @Test
  void any_indentation_and_windows_line_ends_are_recognised() {
    String text = "budgets:\r\n      state_file: x\r\n      -   caller: a\r\n";

    assertThat(MixedBudgets.mend(text).text())
        .isEqualTo("budgets:\r\n      state_file: x\r\n      callers:\n      -   caller: a\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "budgets:\n  - caller: a\n    monthly_usd: 1\n",
        "budgets:\n  state_file: x\n  callers:\n    - caller: a\n",
        "budgets:\n  state_file: x\n  callers:\n  - caller: a\n",
        "budgets:\n  other: x\n  - caller: a\n",
        "budgets:\n  state_file: x\n  - monthly_usd: 1\n",
        "budgets:\n  state_file: x\n  - caller: a\n  other: y\n",
        "budgets:\n  state_file: x\n  - caller: a\n   more: y\n - caller: b\n",
        "budgets:\n  state_file: x\n    - caller: a\n",
        "budgets:\n  state_file: x\n- caller: a\n",
        "other:\n  budgets:\n    state_file: x\n    - caller: a\n",
        "budgets: {}\n  state_file: x\n  - caller: a\n",
        "budgets:\n  state_file: |\n    - caller: a\n",
        "budgets:\n",
        "",
      })
  void nothing_else_is_touched(String text) {
    assertThat(MixedBudgets.mend(text)).isEqualTo(new MixedBudgets(text, 0));
  }
}
