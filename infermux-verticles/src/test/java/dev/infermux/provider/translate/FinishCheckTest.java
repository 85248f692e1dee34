package dev.infermux.provider.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEvent.CallArguments;
import dev.infermux.dialect.chat.ChatEvent.CallBegins;
import dev.infermux.dialect.chat.ChatEvent.CallEnds;
import dev.infermux.dialect.chat.ChatEvent.Finish;
import dev.infermux.dialect.chat.ChatEvent.Over;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FinishCheckTest {

  private static final CallBegins BEGINS = new CallBegins(0, "c", "f");
  private static final CallArguments ARGUMENTS = new CallArguments(0, JsonText.of("{"));
  private static final Over OVER = new Over();

  private static List<ChatEvent> checked(ChatEvent... events) {
    List<ChatEvent> passed = new ArrayList<>();
    List.of(events).forEach(new FinishCheck(passed::add));
    return passed;
  }

  private static Finish finish(FinishReason reason) {
    return new Finish(reason, null);
  }

  @Test
  void a_call_that_nobody_ended_ends_before_the_answer_which_waits_for_it() {
    assertThat(checked(BEGINS, ARGUMENTS, finish(FinishReason.STOP), OVER))
        .containsExactly(BEGINS, ARGUMENTS, new CallEnds(0), finish(FinishReason.TOOL_CALLS), OVER);
  }

  @Test
  void a_call_ends_once() {
    assertThat(checked(BEGINS, new CallEnds(0), finish(FinishReason.TOOL_CALLS), OVER))
        .containsExactly(BEGINS, new CallEnds(0), finish(FinishReason.TOOL_CALLS), OVER);
  }

  @Test
  void a_call_that_the_longest_length_cuts_does_not_end() {
    assertThat(checked(BEGINS, ARGUMENTS, finish(FinishReason.LENGTH), OVER))
        .containsExactly(BEGINS, ARGUMENTS, finish(FinishReason.LENGTH), OVER);
  }

  @Test
  void an_answer_without_calls_keeps_its_reason() {
    assertThat(checked(finish(FinishReason.STOP), OVER))
        .containsExactly(finish(FinishReason.STOP), OVER);
  }
}
