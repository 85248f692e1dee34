package dev.infermux.mock;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.openai.AnswerJson;
import dev.infermux.dialect.openai.StreamText;
import dev.infermux.dialect.openai.TornJson;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.mock.ResponseStep.Kind;
import dev.infermux.mock.script.MockOutcome.Breaks;
import dev.infermux.mock.script.MockOutcome.How;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The events of one stream, made one token at a time, up to where it breaks. */
final class ResponseSteps implements Iterator<ResponseStep> {

  private final ResponsePlan plan;
  private final AnswerJson json;
  private final MockTokens tokens;
  private final ResponseJitter jitter;
  private final Deque<ResponseStep> ready = new ArrayDeque<>();
  private int next;
  private boolean over;

  ResponseSteps(ResponsePlan plan, AnswerJson json, MockTokens tokens, ResponseJitter jitter) {
    this.plan = plan;
    this.json = json;
    this.tokens = tokens;
    this.jitter = jitter;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && !over) {
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
      ready.add(ResponseStep.of(Kind.NOISE, TornJson.CHUNK));
    }
    if (plan.behaviour().outcome() instanceof Breaks breaks && reached(breaks.after(), at, last)) {
      over = true;
      if (breaks.how() == How.ERROR) {
        Duration wait = at == 0 ? plan.firstWait() : Duration.ZERO;
        ready.add(new ResponseStep(Kind.ERROR, wait, plan.errorBody(), 0));
      }
      return;
    }
    if (at == 0) {
      role();
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

  private void role() {
    boolean chat = plan.call().operation() == Operation.CHAT;
    for (int choice = 0; chat && choice < plan.call().choices(); choice++) {
      Duration wait = choice == 0 ? plan.firstWait() : Duration.ZERO;
      ready.add(new ResponseStep(Kind.CONTENT, wait, json.role(choice), 0));
    }
  }

  private void token(int at) {
    boolean chat = plan.call().operation() == Operation.CHAT;
    Duration wait =
        at > 0
            ? jitter.longer(plan.behaviour().timing().pace())
            : chat ? Duration.ZERO : plan.firstWait();
    for (ChatEvent event : tokens.at(at)) {
      for (int choice = 0; choice < plan.call().choices(); choice++) {
        String data = json.piece(choice, event);
        if (data != null) {
          int characters = (int) ResponsePlan.characters(event);
          ready.add(new ResponseStep(Kind.CONTENT, wait, data, characters));
          wait = Duration.ZERO;
        }
      }
    }
  }

  private void end() {
    for (int choice = 0; choice < plan.call().choices(); choice++) {
      ready.add(ResponseStep.of(Kind.FINISH, json.finish(choice, plan.finishReason())));
    }
    Usage usage = plan.usage();
    if (usage != null && plan.call().showsUsage()) {
      ready.add(ResponseStep.of(Kind.USAGE, json.usageChunk(usage)));
    }
    if (plan.behaviour().content().done()) {
      ready.add(ResponseStep.of(Kind.DONE, StreamText.DONE));
    }
  }
}
