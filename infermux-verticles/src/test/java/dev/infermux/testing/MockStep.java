package dev.infermux.testing;

import dev.infermux.mock.http.WireLine;
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
    public void play(WireLine line) {
      long left = times;
      for (int turn = 0; turn < PIECES_A_TURN && left != 0 && !line.full(); turn++) {
        line.write(bytes);
        left -= left > 0 ? 1 : 0;
      }
      Flood rest = new Flood(bytes, left);
      if (line.closed()) {
        return;
      } else if (left == 0) {
        line.next();
      } else if (line.full()) {
        line.whenDrained(() -> rest.play(line));
      } else {
        line.vertx().runOnContext(next -> rest.play(line));
      }
    }
  }

  /** Goes on when the test says so. */
  record WaitFor(CompletionStage<?> gate) implements MockStep {
    @Override
    public void play(WireLine line) {
      Context context = line.vertx().getOrCreateContext();
      gate.whenComplete((done, failed) -> context.runOnContext(here -> line.next()));
    }
  }
}
