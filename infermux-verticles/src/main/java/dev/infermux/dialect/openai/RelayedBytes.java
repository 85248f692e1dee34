package dev.infermux.dialect.openai;

import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.StreamProgress;
import dev.infermux.inference.Attempt;
import dev.infermux.time.Ticker;

/** Relays sound and texts that nobody reads here: whole when HTTP says that the body is. */
final class RelayedBytes extends StreamProgress {

  RelayedBytes(Attempt attempt, ProviderFailures failures, Ticker ticker) {
    super(attempt, failures, ticker);
  }

  @Override
  public void event(Frame piece, FrameWriter out) {
    began();
    produced(0, true);
    out.keep(piece);
  }

  @Override
  public void end(String how, boolean bodyEnded, FrameWriter out) {
    if (bodyEnded) {
      completeness.ends(0, "end of the body");
    }
    over(how);
  }

  @Override
  public void end(String how, FrameWriter out) {
    over(how);
  }
}
