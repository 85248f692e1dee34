package dev.infermux.mist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MistIdsTest {

  @Test
  void new_ids_are_32_lower_case_hex_digits_and_never_repeat() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(MistIds.newId());
    }

    assertThat(ids).hasSize(10_000).allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  @Test
  void every_bit_of_an_id_is_used() {
    Set<String> atPlace = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      String id = MistIds.newId();
      for (int place = 0; place < id.length(); place++) {
        atPlace.add(place + ":" + id.charAt(place));
      }
    }

    assertThat(atPlace).hasSize(32 * 16);
  }

  @Test
  void ids_from_outside_are_kept_only_when_sane() {
    assertThat(MistIds.isSane("req-7 ~!")).isTrue();
    assertThat(MistIds.isSane("x".repeat(256))).isTrue();
    assertThat(MistIds.isSane("x".repeat(257))).isFalse();
    assertThat(MistIds.isSane("")).isFalse();
    assertThat(MistIds.isSane(null)).isFalse();
    assertThat(MistIds.isSane("a\nb")).isFalse();
    assertThat(MistIds.isSane("é")).isFalse();
    assertThat(MistIds.isSane("\u007f")).isFalse();
    assertThat(MistIds.saneOrNew("mine")).isEqualTo("mine");
    assertThat(MistIds.saneOrNew("\u001b")).matches("[0-9a-f]{32}");
  }
}
