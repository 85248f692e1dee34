package dev.infermux.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IssuedIdsTest {

  private final IssuedIds ids = new IssuedIds();

  @Test
  void an_id_leads_to_the_provider_that_issued_it() {
    ids.remember("resp_1", "one");
    ids.remember("resp_2", "two");

    assertThat(ids.provider("resp_1")).isEqualTo("one");
    assertThat(ids.provider("resp_2")).isEqualTo("two");
    assertThat(ids.provider("resp_3")).isNull();
  }

  @Test
  void what_is_no_id_is_not_kept() {
    ids.remember("", "one");
    ids.remember("x".repeat(257), "one");

    assertThat(ids.provider("")).isNull();
    assertThat(ids.provider("x".repeat(257))).isNull();
  }

  @Test
  void the_ids_that_were_not_asked_for_longest_give_way() {
    ids.remember("old", "one");
    ids.remember("asked", "one");
    for (int i = 0; i < 65_535; i++) {
      ids.remember("id-" + i, "two");
      ids.provider("asked");
    }

    assertThat(ids.provider("old")).isNull();
    assertThat(ids.provider("asked")).isEqualTo("one");
  }
}
