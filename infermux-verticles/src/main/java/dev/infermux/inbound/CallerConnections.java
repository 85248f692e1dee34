package dev.infermux.inbound;

import dev.infermux.inference.Failure;
import dev.infermux.time.Time;
import dev.infermux.vertx.ConnectionCount;
import dev.infermux.vertx.ConnectionWatch;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/** Holds the connections of a listener to the options that all listeners share. */
public final class CallerConnections {

  private CallerConnections() {}

  /**
   * What a server of one event loop gives its connections to.
   *
   * @param count shared by the listener's event loops
   * @param errors the body of an error
   */
  public static ConnectionWatch watch(
      ConnectionOptions options,
      Time time,
      ConnectionCount count,
      Function<Failure, Buffer> errors) {
    return new ConnectionWatch(time, options.limits(), count, new RawRefusal(errors));
  }
}
