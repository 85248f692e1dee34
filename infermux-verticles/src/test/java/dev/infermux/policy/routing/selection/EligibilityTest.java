package dev.infermux.policy.routing.selection;

import static dev.infermux.inference.Exclusion.GROUP;
import static dev.infermux.inference.Exclusion.MODEL;
import static dev.infermux.inference.Exclusion.OPERATION;
import static dev.infermux.inference.Exclusion.PIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Operation;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.policy.routing.ServedModels;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EligibilityTest {

  private static final ServedModels LISTED =
      new ServedModels("listed", List.of("gpt-4o", "gpt-4o-mini"), Map.of());
  private static final ServedModels ALIASED =
      new ServedModels("aliased", List.of("llama3.2"), Map.of("gpt-4o", "llama3.2"));
  private static final ServedModels OPEN = new ServedModels("open", null, Map.of());
  private static final ServedModels CHAT_ONLY =
      new ServedModels("chat-only", List.of("gpt-4o"), Map.of(), Set.of(Operation.CHAT));

  private final Field field = new Field(LISTED, ALIASED, OPEN);

  @Test
  void who_lists_aliases_or_does_not_restrict_a_model_serves_it_in_declared_order() {
    assertThat(field.lineup("gpt-4o").candidates())
        .containsExactly(
            new Candidate("listed", "gpt-4o"),
            new Candidate("aliased", "llama3.2"),
            new Candidate("open", "gpt-4o"));
  }

  @Test
  void who_lists_other_models_is_left_out_for_the_model() {
    CandidateList candidates = field.lineup("gpt-4o-mini");

    assertThat(candidates.candidates())
        .extracting(Candidate::provider)
        .containsExactly("listed", "open");
    assertThat(candidates.reason(field.index("aliased"))).isEqualTo(MODEL);
    assertThat(candidates.reason(field.index("listed"))).isNull();
  }

  @Test
  void pin_leaves_one_provider_or_none() {
    CandidateList pinned = field.lineup("gpt-4o", "aliased", Operation.CHAT);

    assertThat(pinned.candidates()).containsExactly(new Candidate("aliased", "llama3.2"));
    assertThat(pinned.reason(field.index("listed"))).isEqualTo(PIN);
    assertThat(field.lineup("gpt-4o-mini", "aliased", Operation.CHAT).isEmpty()).isTrue();
    assertThat(field.lineup("gpt-4o", "nobody", Operation.CHAT).isEmpty()).isTrue();
  }

  @Test
  void auto_and_empty_mean_the_first_model_of_any_provider_that_names_one() {
    assertThat(field.lineup("auto").candidates())
        .containsExactly(new Candidate("listed", "gpt-4o"), new Candidate("aliased", "llama3.2"))
        .isEqualTo(field.lineup("").candidates());
  }

  @Test
  void name_of_a_provider_means_that_provider_and_its_first_model() {
    assertThat(field.lineup("aliased").candidates())
        .containsExactly(new Candidate("aliased", "llama3.2"));
    assertThat(field.lineup("aliased", "listed", Operation.CHAT).isEmpty()).isTrue();
  }

  @Test
  void name_of_a_provider_without_a_model_of_its_own_is_a_model_like_any_other() {
    assertThat(field.lineup("open").candidates()).containsExactly(new Candidate("open", "open"));
  }

  @Test
  void who_cannot_do_the_operation_is_left_out_for_it() {
    Field mixed = new Field(CHAT_ONLY, LISTED);

    assertThat(mixed.lineup("gpt-4o", null, Operation.EMBEDDINGS).reason(0)).isEqualTo(OPERATION);
    assertThat(mixed.lineup("gpt-4o", null, Operation.CHAT).candidates()).hasSize(2);
  }

  @Test
  void model_of_another_vendor_is_not_asked_of_an_unrestricted_provider() {
    field.places("open", "gpt-4o", ModelOwnership.FOREIGN);

    assertThat(field.lineup("gpt-4o").reason(field.index("open"))).isEqualTo(MODEL);
  }

  @Test
  void alias_counts_even_for_a_model_of_another_vendor() {
    Field aliased =
        new Field(new ServedModels("open", null, Map.of("gpt-4o", "o-mine")))
            .places("open", "gpt-4o", ModelOwnership.FOREIGN);

    assertThat(aliased.lineup("gpt-4o").candidates())
        .containsExactly(new Candidate("open", "o-mine"));
  }

  @Test
  void doubtful_provider_serves_only_what_nobody_claims() {
    Field some =
        new Field(
                new ServedModels("reseller", null, Map.of()),
                new ServedModels("vendor", null, Map.of()))
            .places("reseller", "claude", ModelOwnership.DOUBTFUL)
            .places("vendor", "claude", ModelOwnership.CLAIMED)
            .places("reseller", "gemini", ModelOwnership.DOUBTFUL)
            .places("vendor", "gemini", ModelOwnership.FOREIGN);

    assertThat(some.lineup("claude").candidates())
        .containsExactly(new Candidate("vendor", "claude"));
    assertThat(some.lineup("claude", "reseller", Operation.CHAT).candidates())
        .containsExactly(new Candidate("reseller", "claude"));
    assertThat(some.lineup("gemini").candidates())
        .containsExactly(new Candidate("reseller", "gemini"));
  }

  @Test
  void listing_a_model_claims_it() {
    field.places("open", "gpt-4o", ModelOwnership.DOUBTFUL);
    field.places("open", "new", ModelOwnership.DOUBTFUL);

    assertThat(field.lineup("gpt-4o").reason(field.index("open"))).isEqualTo(MODEL);
    assertThat(field.lineup("new").candidates()).containsExactly(new Candidate("open", "new"));
  }

  @Test
  void claim_of_a_provider_that_cannot_do_the_operation_counts_for_nothing() {
    Field some = new Field(CHAT_ONLY, OPEN).places("open", "gpt-4o", ModelOwnership.DOUBTFUL);

    assertThat(some.lineup("gpt-4o", null, Operation.EMBEDDINGS).candidates())
        .containsExactly(new Candidate("open", "gpt-4o"));
  }

  @Test
  void group_restricts_its_models_to_its_providers_and_sets_their_strategy() {
    field.groups(
        new GroupOptions(
            "big", List.of("gpt-4o"), RoutingStrategy.RANDOM, List.of("aliased", "open")));

    CandidateList big = field.lineup("gpt-4o");
    assertThat(big.group()).isEqualTo("big");
    assertThat(big.strategy()).isEqualTo(RoutingStrategy.RANDOM);
    assertThat(big.reason(field.index("listed"))).isEqualTo(GROUP);
    assertThat(big.candidates()).extracting(Candidate::provider).containsExactly("aliased", "open");
    CandidateList other = field.lineup("gpt-4o-mini");
    assertThat(other.group()).isEmpty();
    assertThat(other.strategy()).isEqualTo(RoutingStrategy.ROUND_ROBIN);
  }

  @Test
  void first_group_that_lists_a_model_wins() {
    field.groups(group("one", "gpt-4o"), group("two", "gpt-4o"));

    assertThat(field.lineup("gpt-4o").group()).isEqualTo("one");
  }

  @Test
  void group_that_lists_the_callers_name_wins_over_one_that_lists_an_aliases_target() {
    field.groups(group("by-alias", "llama3.2"), group("by-name", "gpt-4o"));

    assertThat(field.lineup("gpt-4o").group()).isEqualTo("by-name");
  }

  @Test
  void group_that_lists_an_aliases_target_takes_the_alias() {
    field.groups(group("by-alias", "llama3.2"));

    assertThat(field.lineup("gpt-4o").group()).isEqualTo("by-alias");
  }

  @Test
  void group_may_list_auto_for_calls_that_name_no_model() {
    field.groups(group("any", "auto"));

    assertThat(field.lineup("auto").group()).isEqualTo("any");
    assertThat(field.lineup("").group()).isEqualTo("any");
  }

  @Test
  void only_names_that_are_near_are_suggested_nearest_first() {
    CandidateLists closed = new Field(LISTED, ALIASED).lineups();

    assertThat(closed.near("gpt-4o-mni")).containsExactly("gpt-4o-mini");
    assertThat(closed.near("gpt-4")).containsExactly("gpt-4o");
    assertThat(closed.near("claude-opus")).isEmpty();
  }

  @Test
  void candidates_of_a_known_name_are_kept_and_those_of_a_strange_name_while_there_is_room() {
    assertThat(field.lineup("gpt-4o")).isSameAs(field.lineup("gpt-4o"));
    assertThat(field.lineup("unlisted")).isSameAs(field.lineup("unlisted"));
    for (int i = 0; i < 2_000; i++) {
      field.lineup("stranger-" + i);
    }
    assertThat(field.lineup("stranger-1999")).isNotSameAs(field.lineup("stranger-1999"));
    assertThat(field.lineup("gpt-4o")).isSameAs(field.lineup("gpt-4o"));
  }

  private static GroupOptions group(String name, String model) {
    return new GroupOptions(name, List.of(model), null, List.of());
  }
}
