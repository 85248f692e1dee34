package dev.infermux.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageAfterTest {

  @Test
  void a_first_report_stands_alone() {
    assertThat(Usage.reported(3, 0).after(null)).isEqualTo(Usage.reported(3, 0));
  }

  @Test
  void a_later_report_replaces_the_earlier_one() {
    assertThat(Usage.reported(12, 5).after(Usage.reported(13, 2))).isEqualTo(Usage.reported(12, 5));
  }

  @Test
  void what_the_later_report_leaves_out_stays() {
    Usage prompt = new Usage(1, 2, 3, 4, 0, 0, false, Usage.Terms.STANDARD);
    Usage completion = new Usage(0, 0, 0, 0, 9, 5, false, Usage.Terms.STANDARD);

    assertThat(completion.after(prompt))
        .isEqualTo(new Usage(1, 2, 3, 4, 9, 5, false, Usage.Terms.STANDARD));
    assertThat(prompt.after(completion))
        .isEqualTo(new Usage(1, 2, 3, 4, 9, 5, false, Usage.Terms.STANDARD));
  }
}
