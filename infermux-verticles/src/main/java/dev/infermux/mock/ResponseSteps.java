package dev.infermux.mock;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.mock.ResponseStep.Kind;
import dev.infermux.mock.script.MockOutcome.Breaks;
import dev.infermux.mock.script.MockOutcome.How;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The events of one stream, made one token at a time, up to where it breaks. */
final class ResponseSteps implements Iterator<ResponseStep> {

  private final ResponsePlan plan;
  private final StepForm form;
  private final MockTokens tokens;
  private final ResponseJitter jitter;
  private final Deque<ResponseStep> ready = new ArrayDeque<>();
  private int next;
  private boolean over;

  /** How long the next frame is to wait. */
  private Duration due;

  ResponseSteps(ResponsePlan plan, StepForm form, MockTokens tokens, ResponseJitter jitter) {
    this.plan = plan;
    this.form = form;
    this.tokens = tokens;
    this.jitter = jitter;
    this.due = plan.firstWait();
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !over) {
      advance();
    }
    return !ready.isEmpty();
  }

  @Override
  public ResponseStep next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the stream is over");
    }
    return ready.remove();
  }

  private void advance() {
    int at = next++;
    boolean last = at == tokens.count();
    int noise = plan.behaviour().content().malformedAfter();
    if (reached(noise, at, last)) {
      ready.add(ResponseStep.of(Kind.NOISE, form.noise()));
    }
    if (plan.behaviour().outcome() instanceof Breaks breaks && reached(breaks.after(), at, last)) {
      over = true;
      if (breaks.how() == How.ERROR) {
        Duration wait = at == 0 ? due : Duration.ZERO;
        ready.add(new ResponseStep(Kind.ERROR, wait, form.error(plan.error()), 0));
      }
      return;
    }
    if (at == 0) {
      add(Kind.CONTENT, form.begin(), 0);
    }
    if (last) {
      over = true;
      end();
    } else {
      token(at);
    }
  }

  /** Whether {@code after} tokens have come, or all that there are. */
  private static boolean reached(int after, int at, boolean last) {
    return after == at || (last && after > at);
  }

  private void token(int at) {
    if (at > 0) {
      due = due.plus(jitter.longer(plan.behaviour().timing().pace()));
    }
    for (ChatEvent event : tokens.at(at)) {
      add(Kind.CONTENT, form.event(event), (int) ResponsePlan.characters(event));
    }
  }

  private void end() {
    add(Kind.FINISH, form.finish(), 0);
    add(Kind.USAGE, form.usage(plan.usage()), 0);
    if (plan.behaviour().content().done()) {
      add(Kind.DONE, form.done(), 0);
    }
  }

  /** A form may hold a token back until it is complete: what comes next waits for both. */
  private void add(Kind kind, List<String> frames, int characters) {
    for (String frame : frames) {
      ready.add(new ResponseStep(kind, due, frame, characters));
      due = Duration.ZERO;
    }
  }
}
