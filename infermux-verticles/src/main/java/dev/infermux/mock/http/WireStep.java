package dev.infermux.mock.http;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/** One thing that an answer does with its connection. */
public interface WireStep {

  /** Does it; the step after it comes once {@link WireChannel#next()} is called. */
  void play(WireChannel channel);

  /** Writes bytes in a TCP write of their own. */
  record Write(Buffer bytes) implements WireStep {
    @Override
    public void play(WireChannel channel) {
      channel.write(bytes).onComplete(written -> channel.next());
    }
  }

  /** Does nothing for a while. */
  record Wait(Duration time) implements WireStep {
    @Override
    public void play(WireChannel channel) {
      channel.vertx().setTimer(Math.max(1, time.toMillis()), id -> channel.next());
    }
  }

  /** Leaves the connection open and never does anything again. */
  record Silence() implements WireStep {
    @Override
    public void play(WireChannel channel) {}
  }

  /** Closes the connection in order (FIN). */
  record Close() implements WireStep {
    @Override
    public void play(WireChannel channel) {
      channel.close();
    }
  }

  /** Tears the connection down (RST). */
  record Reset() implements WireStep {
    @Override
    public void play(WireChannel channel) {
      channel.reset();
    }
  }
}
