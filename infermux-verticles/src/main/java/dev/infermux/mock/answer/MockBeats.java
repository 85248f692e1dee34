package dev.infermux.mock.answer;

import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.mock.answer.MockBeat.Kind;
import dev.infermux.mock.script.MockFate.Breaks;
import dev.infermux.mock.script.MockFate.How;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The events of one stream, made one token at a time, up to where it breaks. */
final class MockBeats implements Iterator<MockBeat> {

  private static final String NOISE = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"n";

  private final MockScore score;
  private final MockJson json;
  private final MockTokens tokens;
  private final Jitter jitter;
  private final Deque<MockBeat> ready = new ArrayDeque<>();
  private int next;
  private boolean over;

  MockBeats(MockScore score, MockJson json, MockTokens tokens, Jitter jitter) {
    this.score = score;
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
  public MockBeat next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the stream is over");
    }
    return ready.remove();
  }

  private void advance() {
    int at = next++;
    boolean last = at == tokens.count();
    int noise = score.behaviour().content().malformedAfter();
    if (reached(noise, at, last)) {
      ready.add(MockBeat.of(Kind.NOISE, NOISE));
    }
    if (score.behaviour().fate() instanceof Breaks breaks && reached(breaks.after(), at, last)) {
      over = true;
      if (breaks.how() == How.ERROR) {
        Duration wait = at == 0 ? score.firstWait() : Duration.ZERO;
        ready.add(new MockBeat(Kind.ERROR, wait, score.errorBody(), 0));
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
    boolean chat = score.call().operation() == Operation.CHAT;
    for (int choice = 0; chat && choice < score.call().choices(); choice++) {
      Duration wait = choice == 0 ? score.firstWait() : Duration.ZERO;
      ready.add(new MockBeat(Kind.CONTENT, wait, json.role(choice), 0));
    }
  }

  private void token(int at) {
    String token = tokens.at(at);
    boolean chat = score.call().operation() == Operation.CHAT;
    Duration wait =
        at > 0
            ? jitter.longer(score.behaviour().timing().pace())
            : chat ? Duration.ZERO : score.firstWait();
    int characters = token.codePointCount(0, token.length());
    for (int choice = 0; choice < score.call().choices(); choice++) {
      ready.add(
          new MockBeat(
              Kind.CONTENT,
              choice == 0 ? wait : Duration.ZERO,
              json.token(choice, token),
              characters));
    }
  }

  private void end() {
    for (int choice = 0; choice < score.call().choices(); choice++) {
      ready.add(MockBeat.of(Kind.FINISH, json.finish(choice, score.finishReason())));
    }
    Usage usage = score.usage();
    if (usage != null && score.call().showsUsage()) {
      ready.add(MockBeat.of(Kind.USAGE, json.usageChunk(usage)));
    }
    if (score.behaviour().content().done()) {
      ready.add(MockBeat.of(Kind.DONE, "[DONE]"));
    }
  }
}
