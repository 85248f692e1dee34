package dev.infermux.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import org.junit.jupiter.api.Test;

class AnswerHoldTest {

  private static final long LARGE = 400_000;

  private final BufferedBytes account = new BufferedBytes(1_000_000);
  private final AnswerHold hold = new AnswerHold(account);

  @Test
  void what_it_keeps_is_counted_once_until_it_is_written() {
    account.take(BufferedKind.ANSWERS, LARGE, 0);

    assertThat(hold.keep(LARGE)).isTrue();
    assertThat(hold.holds(LARGE)).isTrue();
    assertThat(account.held()).isEqualTo(LARGE);

    assertThat(hold.holds(LARGE - 65_536)).isTrue();
    assertThat(account.held()).isEqualTo(LARGE - 65_536);
    hold.release();
    hold.release();
    assertThat(account.held()).isZero();
    assertThat(account.held(BufferedKind.ANSWERS)).isZero();
  }

  @Test
  void what_comes_after_its_caller_has_left_is_not_kept() {
    hold.release();

    assertThat(hold.keep(LARGE)).isFalse();
    assertThat(hold.holds(LARGE)).isTrue();
    assertThat(account.held()).isZero();
  }

  @Test
  void answers_of_several_attempts_are_all_given_back() {
    account.take(BufferedKind.ANSWERS, 2 * LARGE, 0);
    hold.keep(LARGE);
    hold.keep(LARGE);

    assertThat(hold.holds(LARGE)).isTrue();

    assertThat(account.held()).isEqualTo(LARGE);
  }

  @Test
  void nothing_is_taken_without_room() {
    account.take(BufferedKind.REQUESTS, LARGE, 0);
    account.take(BufferedKind.ANSWERS, LARGE, 0);
    hold.keep(LARGE);

    assertThat(hold.holds(2 * LARGE)).isFalse();

    assertThat(account.held()).isEqualTo(2 * LARGE);
    assertThat(hold.holds(LARGE + 50_000)).isTrue();
    assertThat(account.held()).isEqualTo(2 * LARGE + 50_000);
  }
}
