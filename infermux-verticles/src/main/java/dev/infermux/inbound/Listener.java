package dev.infermux.inbound;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * One way in: a verticle that listens from its start to its end. The assembly starts, drains and
 * ends all listeners without knowing what they speak. Safe on any thread once it has started.
 */
public interface Listener extends Deployable {

  /** What it is called in {@code BoundPorts}; one name for the listeners of all cells. */
  String name();

  /** The port that was bound; 0 where there is no socket. */
  int port();

  /** Accepts nothing new and waits for what is in flight, at most {@code grace}. */
  Future<Void> drain(Duration grace);
}
