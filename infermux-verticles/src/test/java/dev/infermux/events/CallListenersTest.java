package dev.infermux.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.record.CallRecord;
import dev.infermux.spi.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallListenersTest {

  private final CallRecord record = Samples.ok("openai", "gpt-4o");
  private final List<String> heard = new ArrayList<>();
  private final CallListeners listeners = new CallListeners();

  @Test
  void are_told_in_order() {
    listeners.add(r -> heard.add("first"));
    listeners.add(r -> heard.add("second"));

    listeners.finished(record);

    assertThat(heard).containsExactly("first", "second");
  }

  @Test
  void one_that_throws_is_ignored() {
    listeners.add(
        r -> {
          throw new IllegalStateException("on purpose");
        });
    listeners.add(r -> heard.add("after"));

    listeners.finished(record);
    listeners.finished(record);

    assertThat(heard).containsExactly("after", "after");
  }

  @Test
  void a_cancelled_subscription_hears_nothing_more() {
    Subscription twice = listeners.add(r -> heard.add("gone"));
    listeners.add(r -> heard.add("stays"));

    twice.cancel();
    twice.cancel();
    listeners.finished(record);

    assertThat(heard).containsExactly("stays");
  }

  @Test
  void one_may_leave_while_it_is_told() {
    Subscription[] own = new Subscription[1];
    own[0] =
        listeners.add(
            r -> {
              heard.add("once");
              own[0].cancel();
            });

    listeners.finished(record);
    listeners.finished(record);

    assertThat(heard).containsExactly("once");
  }
}
