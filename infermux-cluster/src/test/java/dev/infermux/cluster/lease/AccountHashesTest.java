package dev.infermux.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountHashesTest {

  private final VirtualTime clock = new VirtualTime(Instant.EPOCH);
  private final Time time = clock.time(() -> true, Duration.ZERO);
  private final List<String> accounts = new ArrayList<>(List.of("team-a", "o'hara 🦊"));
  private final AccountHashes hashes = new AccountHashes("shop", time);
  private int looked;

  AccountHashesTest() {
    hashes.of(
        () -> {
          looked++;
          return accounts;
        });
  }

  @Test
  void nodes_of_one_cluster_know_an_account_by_its_hash_and_others_do_not() {
    String hash = new AccountHashes("shop", time).hash("team-a");

    assertThat(hash).matches("[0-9a-f]{32}").doesNotContain("team");
    assertThat(hashes.account(hash)).isEqualTo("team-a");
    assertThat(hashes.account(new AccountHashes("shop", time).hash("o'hara 🦊")))
        .isEqualTo("o'hara 🦊");
    assertThat(hashes.account(new AccountHashes("bank", time).hash("team-a"))).isNull();
  }

  @Test
  void hashes_that_nobody_knows_are_looked_for_once_a_second() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(hashes.account("unknown " + i)).isNull();
    }
    assertThat(looked).isEqualTo(1);

    accounts.remove("team-a");
    accounts.add("new");
    clock.run(Duration.ofSeconds(1));

    assertThat(hashes.account(hashes.hash("new"))).isEqualTo("new");
    assertThat(hashes.account(hashes.hash("team-a"))).isNull();
    assertThat(looked).isEqualTo(2);
  }
}
