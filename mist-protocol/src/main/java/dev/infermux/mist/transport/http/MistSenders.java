package dev.infermux.mist.transport.http;

import dev.infermux.mist.transport.LineSender;
import dev.infermux.mist.transport.MistAddress;
import dev.infermux.mist.transport.MistSender;
import io.vertx.core.Vertx;
import java.io.OutputStream;

/** Opens the sender that an address asks for. */
public final class MistSenders {

  private MistSenders() {}

  /**
   * Opens a sender; the caller closes it.
   *
   * @param options for {@code http} and {@code https} addresses
   * @param stdio the stream that {@code stdio://} stands for; it is never closed
   */
  public static MistSender open(
      Vertx vertx, MistAddress address, HttpSenderOptions options, OutputStream stdio) {
    if (address instanceof MistAddress.Http http) {
      return new HttpSender(vertx, http, options);
    }
    return address instanceof MistAddress.File file
        ? LineSender.toFile(file.path())
        : LineSender.toStream(stdio);
  }
}
