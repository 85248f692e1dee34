package dev.infermux.mock;

import dev.infermux.mock.http.WireAnswer;
import dev.infermux.mock.http.WireStep;
import dev.infermux.mock.script.MockOutcome;
import dev.infermux.mock.script.MockOutcome.Breaks;
import dev.infermux.mock.script.MockOutcome.How;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/** A stream's steps, made one event at a time: head, events each in a write, end. */
final class StreamSteps implements Iterator<WireStep> {

  private final MockOutcome outcome;
  private final Iterator<ResponseStep> steps;
  private final Deque<WireStep> ready = new ArrayDeque<>();
  private boolean over;

  StreamSteps(ResponsePlan plan, AnswerForm form, Map<String, String> headers) {
    this.outcome = plan.behaviour().outcome();
    this.steps = plan.steps(form.stream(plan));
    pause(plan.headWait());
    Map<String, String> all = new LinkedHashMap<>();
    all.put("content-type", form.mediaType());
    all.put("cache-control", "no-cache");
    all.putAll(headers);
    all.put("transfer-encoding", "chunked");
    ready.add(new WireStep.Write(WireAnswer.head(200, all)));
    if (outcome instanceof MockOutcome.Garbage) {
      frame("data: this is not what was asked for\n\n");
      end();
    }
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && !over) {
      if (steps.hasNext()) {
        ResponseStep step = steps.next();
        pause(step.pause());
        frame(step.frame());
      } else {
        end();
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public WireStep next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the stream is over");
    }
    return ready.remove();
  }

  private void end() {
    over = true;
    boolean broken = outcome instanceof Breaks breaks && breaks.how() != How.ERROR;
    ready.add(
        broken
            ? HttpAnswers.end(((Breaks) outcome).how())
            : new WireStep.Write(WireAnswer.chunk(Buffer.buffer())));
  }

  private void pause(Duration pause) {
    if (!pause.isZero()) {
      ready.add(new WireStep.Wait(pause));
    }
  }

  private void frame(String frame) {
    ready.add(new WireStep.Write(WireAnswer.chunk(Buffer.buffer(frame))));
  }
}
