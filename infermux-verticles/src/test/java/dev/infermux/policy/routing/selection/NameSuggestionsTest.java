package dev.infermux.policy.routing.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.policy.routing.ServedModels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NameSuggestionsTest {

  @Test
  void a_name_that_is_served_for_another_operation_is_not_suggested_for_itself() {
    List<ServedModels> offers =
        List.of(
            new ServedModels("a", List.of("gpt-4o", "gpt-4"), Map.of()),
            new ServedModels("b", null, Map.of("gpt-4o", "own")));

    assertThat(NameSuggestions.to("gpt-4o", offers)).containsExactly("gpt-4");
    assertThat(NameSuggestions.to("gpt-4O", offers)).contains("gpt-4o");
  }
}
