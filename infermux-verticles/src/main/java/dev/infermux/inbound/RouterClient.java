package dev.infermux.inbound;

import dev.infermux.bus.LocalAddress;
import dev.infermux.bus.LocalBus;
import dev.infermux.bus.LocalInbox;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.RefusedCall;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.time.Deadlines;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A listener's way to the router of its own cell. Used on that cell's event loop. */
public final class RouterClient {

  private final LocalBus bus;
  private final Time time;
  private final LocalAddress<Call, Answer> address;
  private final Map<Duration, Deadlines> deadlines = new HashMap<>();
  private final LocalInbox<RefusedCall> refusals;
  private final BufferedBytes buffered;
  private final AnswerDate date;

  public RouterClient(
      Vertx vertx,
      LocalAddress<Call, Answer> address,
      LocalInbox<RefusedCall> refusals,
      Time time,
      BufferedBytes buffered) {
    this.time = time;
    this.date = new AnswerDate(time.clock());
    this.buffered = buffered;
    this.refusals = refusals;
    this.bus = LocalBus.ofVerticle(vertx);
    this.address = address;
  }

  /** The time that calls are stamped with. */
  public Time time() {
    return time;
  }

  /** The date of an answer that begins now, as HTTP has it. */
  public CharSequence date() {
    return date.now();
  }

  /** The account of what is held for callers. */
  public BufferedBytes buffered() {
    return buffered;
  }

  /** What watches for this limit; all watches of one limit share a timer. */
  public Deadlines deadlines(Duration limit) {
    return deadlines.computeIfAbsent(limit, one -> new Deadlines(time, one));
  }

  /** Fails with {@link dev.infermux.inference.InferenceException}. */
  public Future<Answer> ask(Call call) {
    return bus.ask(address, call);
  }

  /** Has a request that ends without a call published and counted like any other. */
  public void refuse(RefusedCall refused) {
    bus.tell(refusals, refused);
  }
}
