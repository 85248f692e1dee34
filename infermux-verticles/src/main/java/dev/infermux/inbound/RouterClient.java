package dev.infermux.inbound;

import dev.infermux.bus.LocalAddress;
import dev.infermux.bus.LocalBus;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
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

  public RouterClient(Vertx vertx, LocalAddress<Call, Answer> address, Time time) {
    this.time = time;
    this.bus = new LocalBus(vertx);
    this.address = address;
  }

  /** The time that calls are stamped with. */
  public Time time() {
    return time;
  }

  /** What watches for this limit; all watches of one limit share a timer. */
  public Deadlines deadlines(Duration limit) {
    return deadlines.computeIfAbsent(limit, one -> new Deadlines(time, one));
  }

  /** Fails with {@link dev.infermux.inference.InferenceException}. */
  public Future<Answer> ask(Call call) {
    return bus.ask(address, call);
  }
}
