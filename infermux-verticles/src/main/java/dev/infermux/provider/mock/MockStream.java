package dev.infermux.provider.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.ChunkTimer;
import dev.infermux.dialect.ProviderFailures.Limit;
import dev.infermux.dialect.openai.StreamText;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.QueuedStream;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import dev.infermux.mock.MockRequest;
import dev.infermux.mock.ResponsePlan;
import dev.infermux.mock.ResponseStep;
import dev.infermux.mock.http.MockAnswerListener.State;
import dev.infermux.mock.script.MockOutcome.Breaks;
import dev.infermux.mock.script.MockOutcome.How;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A mock's stream: plays its score while it is read. A reader that stops stops the mock, and a
 * silence that nobody listens to is not held against it.
 */
final class MockStream extends QueuedStream {

  private static final int STEPS_A_TURN = 64;

  private final MockAttempt attempt;
  private final MockEnvironment environment;
  private final ResponsePlan plan;
  private final MockRequest seen;
  private final Iterator<ResponseStep> steps;
  private final ResettableTimer step;

  /** What is played next; null = not decided yet. */
  private @Nullable ResponseStep due;

  private boolean open = true;
  private boolean handedOut;
  private boolean running;

  /** The pause before what is due is over. */
  private boolean waited;

  private final ChunkTimer chunks;
  private long characters;
  private int dropped;
  private @Nullable String finishReason;
  private @Nullable Usage usage;
  private @Nullable Failure failure;

  MockStream(
      MockAttempt attempt, MockEnvironment environment, ResponsePlan plan, MockRequest seen) {
    this.attempt = attempt;
    this.environment = environment;
    this.plan = plan;
    this.seen = seen;
    this.chunks = new ChunkTimer(environment.time().ticker());
    this.steps = plan.steps();
    this.step = environment.timer();
  }

  /** Goes on as far as reader and clock allow. */
  void run() {
    if (running) {
      return;
    }
    running = true;
    int left = STEPS_A_TURN;
    while (mayGoOn() && left-- > 0) {
      step();
    }
    running = false;
    if (mayGoOn()) {
      step.set(Duration.ZERO, this::run);
    }
  }

  private boolean mayGoOn() {
    return open && !step.isSet() && (!handedOut || wanted());
  }

  private void step() {
    ResponseStep next = due;
    if (next == null) {
      if (!steps.hasNext()) {
        finish();
        return;
      }
      next = steps.next();
      due = next;
    }
    Duration idle = environment.options().streamIdleTimeout();
    if (waited || next.pause().isZero()) {
      waited = false;
      play(next);
    } else if (next.pause().compareTo(idle) >= 0) {
      step.set(idle, this::silent);
    } else {
      step.set(
          next.pause(),
          () -> {
            waited = true;
            run();
          });
    }
  }

  private void play(ResponseStep step) {
    due = null;
    switch (step.kind()) {
      case CONTENT -> content(step);
      case FINISH -> {
        finishReason = plan.finishReason();
        send(step.frame());
      }
      case USAGE -> send(step.frame());
      case ERROR -> fail(attempt.errors().reported());
      case NOISE -> dropped++;
      case DONE -> {}
    }
  }

  private void content(ResponseStep step) {
    characters += step.characters();
    if (step.characters() > 0) {
      chunks.tick();
    }
    send(step.frame());
  }

  private void send(String frame) {
    Buffer event = Buffer.buffer(frame.getBytes(UTF_8));
    seen.sent(event.length());
    offer(event);
    if (!handedOut) {
      handedOut = true;
      attempt.started(this);
    }
  }

  /** The score is over: the stream is whole, or breaks here. */
  private void finish() {
    if (!(plan.behaviour().outcome() instanceof Breaks breaks)) {
      usage = plan.usage();
      send(StreamText.event(StreamText.DONE));
      open = false;
      seen.end(State.ANSWERED);
      seal();
    } else if (breaks.how() == How.SILENCE) {
      step.set(environment.options().streamIdleTimeout(), this::silent);
    } else if (handedOut) {
      String how = breaks.how() == How.CUT ? "closed" : "broke";
      fail(
          environment
              .failures()
              .cut("it " + how + " its connection before its stream was complete"));
    } else {
      open = false;
      attempt.lost();
    }
  }

  private void silent() {
    Duration idle = environment.options().streamIdleTimeout();
    if (!handedOut) {
      open = false;
      attempt.silent(Limit.EVENT, idle);
    } else if (wanted()) {
      seen.end(State.ABANDONED);
      fail(environment.failures().stalled(idle));
    }
  }

  private void fail(Failure why) {
    open = false;
    if (!handedOut) {
      attempt.reported();
      return;
    }
    failure = why;
    seen.end(State.ANSWERED);
    seal();
  }

  @Override
  protected void flow() {
    run();
  }

  @Override
  protected End ending() {
    attempt.letGo(State.ANSWERED);
    return end(failure);
  }

  @Override
  public void cancel() {
    environment.loop().run(this::cancelNow);
  }

  private void cancelNow() {
    stop();
    if (!handedOut) {
      attempt.abandon();
      return;
    }
    attempt.letGo(State.ABANDONED);
    drop(end(environment.failures().cancelled()));
  }

  /** Nothing is played any more. */
  void stop() {
    open = false;
    step.stop();
  }

  private End end(@Nullable Failure ended) {
    return new End(
        plan.call().model(),
        usage,
        finishReason,
        characters,
        chunks.firstNanos(),
        chunks.chunks(),
        dropped,
        ended,
        ServedBy.NONE,
        CallTotals.NONE);
  }
}
