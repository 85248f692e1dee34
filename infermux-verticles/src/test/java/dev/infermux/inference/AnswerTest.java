package dev.infermux.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {

  private static final ServedBy OPENAI = new ServedBy("openai", "m", "priority", "", "", 0, 1);

  private final List<String> told = new ArrayList<>();
  private final Source source = new Source();

  @Test
  void end_of_a_stream_is_seen_by_inner_stages_first_and_then_by_its_reader() {
    Answer inner = Answer.streamed("m", source).onEnd(end -> note("inner", end));
    Answer outer = inner.onEnd(end -> note("outer", end));
    outer.end().onSuccess(end -> told.add("caller"));
    outer.events().endHandler(ended -> told.add("stream"));

    outer.events().handler(buffer -> told.add(buffer.toString())).resume();
    source.give("content");
    source.finish(null);

    assertThat(told).containsExactly("content", "inner", "outer", "caller", "stream");
  }

  @Test
  void stream_that_breaks_is_seen_in_the_same_order() {
    Answer inner = Answer.streamed("m", source).onEnd(end -> note("inner", end));
    Answer outer = inner.onEnd(end -> note("outer " + end.failure().code(), end));
    outer.events().exceptionHandler(broken -> told.add("stream " + broken.getMessage()));

    outer.events().handler(buffer -> {}).resume();
    source.finish(new Failure.UpstreamTimeout("nothing for 60s"));

    assertThat(told).containsExactly("inner", "outer upstream_timeout", "stream nothing for 60s");
  }

  @Test
  void outer_stage_sees_what_an_inner_one_made_of_the_end() {
    CallTotals totals = new CallTotals(Usage.reported(1, 2), Cost.UNPRICED, "stop", 5);
    Answer answer =
        Answer.streamed("m", source)
            .onEnd(end -> end.with(OPENAI, totals))
            .onEnd(end -> note(end.servedBy().provider() + " " + end.totals().finishReason(), end));

    answer.events().handler(buffer -> {}).resume();
    source.finish(null);

    assertThat(told).containsExactly("openai stop");
    assertThat(answer.end().result().totals()).isEqualTo(totals);
  }

  @Test
  void whole_answer_has_ended_when_it_arrives_and_each_stage_sees_it_once() {
    Answer answer =
        Answer.whole(Buffer.buffer("{}"), End.whole("m", null, "stop", 3))
            .onEnd(end -> note("inner", end))
            .onEnd(end -> note("outer", end));

    answer.end().onSuccess(end -> told.add("caller"));
    answer.servedBy(OPENAI).withBody(new Answer.Body.Whole(Buffer.buffer("[]")));

    assertThat(told).containsExactly("inner", "outer", "caller");
  }

  private End note(String who, End end) {
    told.add(who);
    return end;
  }

  /** A stream that gives what the test says. */
  private static final class Source extends QueuedStream {

    private End end = End.whole("m", null, "stop", 0);

    void give(String content) {
      offer(Buffer.buffer(content));
    }

    void finish(Failure failure) {
      end =
          new End("m", null, "stop", 0, 0, Chunks.NONE, 0, failure, ServedBy.NONE, CallTotals.NONE);
      seal();
    }

    @Override
    protected void flow() {}

    @Override
    protected End ending() {
      return end;
    }

    @Override
    public void cancel() {}
  }
}
