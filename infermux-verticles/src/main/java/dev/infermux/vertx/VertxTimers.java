package dev.infermux.vertx;

import dev.infermux.time.Ticker;
import dev.infermux.time.Time;
import dev.infermux.time.Timer;
import dev.infermux.time.Timers;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;

/** Timers of Vert.x, on the context that starts them. Safe on any thread. */
public final class VertxTimers implements Timers {

  private static final Ticker TICKER = System::nanoTime;

  private final Vertx vertx;

  public VertxTimers(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The machine's clocks, and this Vert.x's timers. */
  public static Time time(Vertx vertx) {
    return new Time(TICKER, InstantSource.system(), new VertxTimers(vertx));
  }

  @Override
  public Timer start(Duration delay, Runnable task) {
    Armed armed = new Armed(vertx, task);
    armed.id = vertx.setTimer(Math.max(1, delay.toMillis()), armed);
    return armed;
  }

  /** One timer, which is its own handler. */
  private static final class Armed implements Timer, Handler<Long> {
    private final Vertx vertx;
    private final Runnable task;
    private long id;

    Armed(Vertx vertx, Runnable task) {
      this.vertx = vertx;
      this.task = task;
    }

    @Override
    public void handle(Long fired) {
      task.run();
    }

    @Override
    public void cancel() {
      vertx.cancelTimer(id);
    }
  }
}
