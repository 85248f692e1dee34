package dev.infermux.inbound;

import dev.infermux.inference.answer.Answer;
import dev.infermux.inference.bus.LocalHop;
import dev.infermux.inference.call.Call;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** A door's way to the router of its own cell. Used on that cell's event loop. */
public final class RouterClient {

  private final LocalHop hop;
  private final String address;

  public RouterClient(Vertx vertx, String address) {
    this.hop = new LocalHop(vertx);
    this.address = address;
  }

  /** Fails with {@link dev.infermux.inference.bus.BusFailure}. */
  public Future<Answer> ask(Call call) {
    return hop.ask(address, call, Answer.class);
  }
}
