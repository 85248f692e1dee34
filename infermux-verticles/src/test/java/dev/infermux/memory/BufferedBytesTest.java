package dev.infermux.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferedBytesTest {

  private static final long SMALL = 64 << 10;

  private final BufferedBytes account = new BufferedBytes(800_000);

  @Test
  void what_is_given_back_is_room_again() {
    assertThat(account.take(BufferedKind.REQUESTS, 700_000, 0)).isTrue();
    assertThat(account.take(BufferedKind.ANSWERS, 100_000, 0)).isFalse();

    account.release(BufferedKind.REQUESTS, 700_000);

    assertThat(account.take(BufferedKind.ANSWERS, 100_000, 0)).isTrue();
    assertThat(account.held()).isEqualTo(100_000);
    assertThat(account.byKind()).containsEntry("requests", 0L).containsEntry("answers", 100_000L);
    assertThat(account.refusals()).isEqualTo(1);
  }

  @Test
  void an_eighth_is_for_small_holders_alone() {
    assertThat(account.take(BufferedKind.REQUESTS, 700_001, 0)).isFalse();
    assertThat(account.take(BufferedKind.REQUESTS, 700_000, 0)).isTrue();

    assertThat(account.take(BufferedKind.REQUESTS, SMALL, 0)).isTrue();
    assertThat(account.take(BufferedKind.REQUESTS, 1, SMALL)).isFalse();
    assertThat(account.take(BufferedKind.REQUESTS, 34_000, 0)).isTrue();
    assertThat(account.take(BufferedKind.REQUESTS, 34_000, 0)).isFalse();
  }

  @Test
  void who_waits_for_room_is_told_once_there_is() {
    List<String> told = new ArrayList<>();
    account.hold(BufferedKind.UNSENT, 800_000);
    account.whenRoom(() -> told.add("room"));

    account.release(BufferedKind.UNSENT, 99_999);
    assertThat(told).isEmpty();
    account.release(BufferedKind.UNSENT, 1);
    account.release(BufferedKind.UNSENT, 1);

    assertThat(told).containsExactly("room");
    account.whenRoom(() -> told.add("at once"));
    assertThat(told).containsExactly("room", "at once");
  }

  @Test
  void a_larger_limit_is_room_for_who_waits() {
    List<String> told = new ArrayList<>();
    account.hold(BufferedKind.UNSENT, 800_000);
    account.whenRoom(() -> told.add("room"));

    account.limit(8_000_000);

    assertThat(told).containsExactly("room");
    assertThat(account.take(BufferedKind.ANSWERS, 700_000, 0)).isTrue();
  }

  @Test
  void who_is_told_and_throws_keeps_no_other_from_being_told() {
    List<String> told = new ArrayList<>();
    account.hold(BufferedKind.UNSENT, 800_000);
    account.whenRoom(
        () -> {
          throw new IllegalStateException("a bug");
        });
    account.whenRoom(() -> told.add("room"));

    assertThatThrownBy(() -> account.release(BufferedKind.UNSENT, 700_000)).hasMessage("a bug");
    account.release(BufferedKind.UNSENT, 100_000);

    assertThat(told).containsExactly("room");
    assertThat(account.held()).isZero();
  }

  @Test
  void what_is_refused_takes_no_room_from_others_meanwhile() throws InterruptedException {
    Thread refused =
        new Thread(
            () -> {
              for (int i = 0; i < 5_000_000; i++) {
                account.take(BufferedKind.ANSWERS, 900_000, 0);
              }
            });
    refused.start();
    while (refused.isAlive()) {
      if (account.take(BufferedKind.REQUESTS, 1, 0)) {
        account.release(BufferedKind.REQUESTS, 1);
      }
    }
    refused.join();

    assertThat(account.refusals()).isEqualTo(5_000_000);
    assertThat(account.held()).isZero();
  }

  @Test
  void what_held_the_memory_is_said_in_a_line() {
    account.hold(BufferedKind.STREAMS, 7_000_000);

    assertThat(new BufferedBytes(64_000_000))
        .hasToString(
            "buffered 0 of 64 MB (requests 0, answers 0, streams 0, unsent 0, records 0, events"
                + " 0)");
    assertThat(account.toString()).contains("streams 7");
  }
}
