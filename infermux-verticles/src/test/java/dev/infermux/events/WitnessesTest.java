package dev.infermux.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.record.CallRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WitnessesTest {

  private final CallRecord record = Samples.ok("openai", "gpt-4o");
  private final List<String> heard = new ArrayList<>();
  private final Witnesses witnesses = new Witnesses();

  @Test
  void are_told_in_order() {
    witnesses.add(r -> heard.add("first"));
    witnesses.add(r -> heard.add("second"));

    witnesses.finished(record);

    assertThat(heard).containsExactly("first", "second");
  }

  @Test
  void one_that_throws_is_ignored() {
    witnesses.add(
        r -> {
          throw new IllegalStateException("on purpose");
        });
    witnesses.add(r -> heard.add("after"));

    witnesses.finished(record);
    witnesses.finished(record);

    assertThat(heard).containsExactly("after", "after");
  }

  @Test
  void a_cancelled_subscription_hears_nothing_more() {
    Subscription twice = witnesses.add(r -> heard.add("gone"));
    witnesses.add(r -> heard.add("stays"));

    twice.cancel();
    twice.cancel();
    witnesses.finished(record);

    assertThat(heard).containsExactly("stays");
  }

  @Test
  void one_may_leave_while_it_is_told() {
    Subscription[] own = new Subscription[1];
    own[0] =
        witnesses.add(
            r -> {
              heard.add("once");
              own[0].cancel();
            });

    witnesses.finished(record);
    witnesses.finished(record);

    assertThat(heard).containsExactly("once");
  }
}
