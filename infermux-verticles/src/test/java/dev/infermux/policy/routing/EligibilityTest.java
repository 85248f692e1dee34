package dev.infermux.policy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EligibilityTest {

  private static final Offer LISTED =
      new Offer("listed", List.of("gpt-4o", "gpt-4o-mini"), Map.of());
  private static final Offer ALIASED =
      new Offer("aliased", List.of("llama3.2"), Map.of("gpt-4o", "llama3.2"));
  private static final Offer OPEN = new Offer("open", null, Map.of());

  private final Eligibility eligibility = new Eligibility(List.of(LISTED, ALIASED, OPEN));

  @Test
  void who_lists_aliases_or_does_not_restrict_a_model_serves_it_in_declared_order() {
    assertThat(eligibility.candidates("gpt-4o", null))
        .containsExactly(
            new Candidate("listed", "gpt-4o"),
            new Candidate("aliased", "llama3.2"),
            new Candidate("open", "gpt-4o"));
  }

  @Test
  void pin_leaves_one_provider_or_none() {
    assertThat(eligibility.candidates("gpt-4o", "aliased"))
        .containsExactly(new Candidate("aliased", "llama3.2"));
    assertThat(eligibility.candidates("gpt-4o-mini", "aliased")).isEmpty();
    assertThat(eligibility.candidates("gpt-4o", "nobody")).isEmpty();
  }

  @Test
  void auto_and_empty_mean_the_first_model_of_any_provider_that_names_one() {
    assertThat(eligibility.candidates("auto", null))
        .containsExactly(new Candidate("listed", "gpt-4o"), new Candidate("aliased", "llama3.2"))
        .isEqualTo(eligibility.candidates("", null));
  }

  @Test
  void name_of_a_provider_means_that_provider_and_its_first_model() {
    assertThat(eligibility.candidates("aliased", null))
        .containsExactly(new Candidate("aliased", "llama3.2"));
    assertThat(eligibility.candidates("aliased", "listed")).isEmpty();
  }

  @Test
  void only_names_that_are_near_are_suggested_nearest_first() {
    Eligibility closed = new Eligibility(List.of(LISTED, ALIASED));

    assertThat(closed.near("gpt-4o-mni")).containsExactly("gpt-4o-mini");
    assertThat(closed.near("gpt-4")).containsExactly("gpt-4o");
    assertThat(closed.near("claude-opus")).isEmpty();
  }
}
