package dev.infermux.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.events.Samples;
import dev.infermux.inference.Failure;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import dev.infermux.testing.TestCall;
import org.junit.jupiter.api.Test;

class LastRequestsTest {

  private final LastRequests requests = new LastRequests(10, BufferedBytes.unlimited());

  @Test
  void flood_of_refusals_pushes_no_call_out() {
    for (int i = 0; i < 8; i++) {
      requests.finished(named("ok-" + i, Samples.ok("openai", "gpt-4o")));
    }
    for (int i = 0; i < 1_000; i++) {
      requests.finished(named("no-" + i, Samples.refused(new Failure.InvalidApiKey("no"))));
    }

    assertThat(requests.last(20))
        .extracting(FinishedCall::requestId)
        .containsExactly(
            "no-999", "no-998", "ok-7", "ok-6", "ok-5", "ok-4", "ok-3", "ok-2", "ok-1", "ok-0");
  }

  @Test
  void calls_push_out_whatever_is_oldest() {
    requests.finished(named("no", Samples.refused(new Failure.InvalidApiKey("no"))));
    for (int i = 0; i < 10; i++) {
      requests.finished(named("ok-" + i, Samples.ok("openai", "gpt-4o")));
    }

    assertThat(requests.named("no")).isEmpty();
    assertThat(requests.last(20)).hasSize(10);
  }

  @Test
  void id_that_comes_again_is_kept_as_what_it_was_last() {
    requests.finished(named("id", Samples.refused(new Failure.InvalidApiKey("no"))));
    requests.finished(named("id", Samples.ok("openai", "gpt-4o")));
    for (int i = 0; i < 5; i++) {
      requests.finished(named("no-" + i, Samples.refused(new Failure.InvalidApiKey("no"))));
    }

    assertThat(requests.named("id")).get().matches(call -> call.outcome().failure() == null);
  }

  @Test
  void only_as_many_as_are_asked_for_come_and_the_latest_first() {
    for (int i = 0; i < 15; i++) {
      requests.finished(named("call-" + i, Samples.ok("openai", "gpt-4o")));
    }

    assertThat(requests.last(3))
        .extracting(FinishedCall::requestId)
        .containsExactly("call-14", "call-13", "call-12");
    assertThat(requests.last(0)).isEmpty();
  }

  @Test
  void texts_are_counted_while_they_are_kept() {
    BufferedBytes buffered = BufferedBytes.unlimited();
    LastRequests two = new LastRequests(2, buffered);
    two.finished(named("a", Samples.ok("openai", "gpt-4o")));
    long one = buffered.held(BufferedKind.RECORDS);

    two.finished(named("b", Samples.ok("openai", "gpt-4o")));
    two.finished(named("c", Samples.ok("openai", "gpt-4o")));
    two.finished(named("c", Samples.ok("openai", "gpt-4o")));

    assertThat(one).isPositive();
    assertThat(buffered.held(BufferedKind.RECORDS)).isEqualTo(2 * one);
  }

  private static CallRecord named(String id, CallRecord record) {
    return new CallRecord(
        TestCall.chat().id(id).call(),
        "",
        record.servedBy(),
        record.attempts(),
        record.outcome(),
        record.usage(),
        record.cost(),
        record.finishReason(),
        record.latencyNanos(),
        record.firstTokenNanos(),
        record.content());
  }
}
