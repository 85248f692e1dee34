package dev.infermux.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.events.Samples;
import dev.infermux.inbound.management.view.RecentSpend;
import dev.infermux.inference.Usd;
import dev.infermux.inference.record.CallRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpendHistoryTest {

  private Instant now = Instant.parse("2026-11-28T10:20:00Z");
  private final SpendHistory history = new SpendHistory(() -> now);

  @Test
  void each_kind_has_the_same_sum_by_hour() {
    CallRecord call = Samples.ok("alpha", "m");
    Usd cost = call.cost().amount();
    history.finished(call);
    now = now.plus(Duration.ofHours(1));
    history.finished(call);
    history.finished(call);

    RecentSpend recent = history.recentSpend();
    assertThat(cost.nanos()).isPositive();
    assertThat(recent.first()).isEqualTo(Instant.parse("2026-11-27T12:00:00Z"));
    assertThat(recent.by())
        .containsOnlyKeys("caller", "model", "project", "group", "provider")
        .allSatisfy(
            (kind, names) -> {
              assertThat(names).hasSize(1);
              assertThat(names.values().iterator().next())
                  .hasSize(24)
                  .endsWith(Usd.ZERO, cost, cost.plus(cost));
            });
    assertThat(recent.by().get("provider")).containsOnlyKeys("alpha");
  }

  @Test
  void yesterday_is_forgotten() {
    history.finished(Samples.ok("alpha", "m"));
    now = now.plus(Duration.ofHours(24));

    assertThat(history.recentSpend().by().get("caller")).isEmpty();
  }

  @Test
  void names_beyond_the_limit_are_summed() {
    SpendNames names = new SpendNames();
    for (int i = 0; i < SpendNames.MOST + 50; i++) {
      names.add("n" + i, 1, new Usd(1));
    }

    assertThat(names.upTo(1)).hasSize(SpendNames.MOST + 1);
    List<Usd> others = names.upTo(1).get("other");
    assertThat(others).isNotNull();
    assertThat(others.get(23)).isEqualTo(new Usd(50));
    names.add("", 1, new Usd(1));
    assertThat(names.upTo(1).get("other").get(23)).isEqualTo(new Usd(51));
  }
}
