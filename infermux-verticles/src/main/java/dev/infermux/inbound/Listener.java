package dev.infermux.inbound;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.nio.file.Path;
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

  /**
   * Presents another certificate in the handshakes that come; connections that are open stay as
   * they are. Fails, and goes on with the former, when the files cannot be used.
   *
   * @param certFile the chain, PEM
   * @param keyFile its key, PEM
   */
  default Future<Void> certify(Path certFile, Path keyFile) {
    return Future.succeededFuture();
  }

  /** Accepts nothing new and waits for what is in flight, at most {@code grace}. */
  Future<Void> drain(Duration grace);
}
