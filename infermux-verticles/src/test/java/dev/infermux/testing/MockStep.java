package dev.infermux.testing;

import dev.infermux.mock.http.WireChannel;
import dev.infermux.mock.http.WireStep;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletionStage;

/** What answers do in tests alone. */
sealed interface MockStep extends WireStep {

  /** Writes the same bytes again and again, as fast as the peer reads; -1 times = for ever. */
  record Flood(Buffer bytes, long times) implements MockStep {

    private static final int PIECES_A_TURN = 16;

    /** A few pieces a turn: a peer that left is only noticed between two turns of the loop. */
    @Override
    public void play(WireChannel channel) {
      long left = times;
      for (int turn = 0; turn < PIECES_A_TURN && left != 0 && !channel.full(); turn++) {
        channel.write(bytes);
        left -= left > 0 ? 1 : 0;
      }
      Flood rest = new Flood(bytes, left);
      if (channel.closed()) {
        return;
      } else if (left == 0) {
        channel.next();
      } else if (channel.full()) {
        channel.whenDrained(() -> rest.play(channel));
      } else {
        channel.vertx().runOnContext(next -> rest.play(channel));
      }
    }
  }

  /** Goes on when the test says so. */
  record WaitFor(CompletionStage<?> gate) implements MockStep {
    @Override
    public void play(WireChannel channel) {
      Context context = channel.vertx().getOrCreateContext();
      gate.whenComplete((done, failed) -> context.runOnContext(here -> channel.next()));
    }
  }
}
