package dev.infermux.provider.http;

import dev.infermux.inference.Failure;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells what the gateway's own host lacks from what a provider does wrong. */
final class LocalShortage {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** The words of the operating system, by what is to be done about them. */
  private static final List<Shortage> SHORTAGES =
      List.of(
          new Shortage("too many open files", "file descriptors (ulimit -n)"),
          new Shortage(
              "cannot assign requested address", "local ports (net.ipv4.ip_local_port_range)"),
          new Shortage("no buffer space available", "socket buffers"),
          new Shortage("cannot allocate memory", "memory"));

  private static final int MOST_CAUSES = 8;

  private record Shortage(String words, String lacking) {}

  private LocalShortage() {}

  /** What the caller is told where no connection could be had for want of something here. */
  static @Nullable Failure of(String provider, Throwable cause) {
    if (cause instanceof ConnectionPoolTooBusyException) {
      return told(provider, "too many calls wait for a connection to it");
    }
    Throwable at = cause;
    for (int i = 0; i < MOST_CAUSES && at != null; i++, at = at.getCause()) {
      String message = at.getMessage();
      String words = message == null ? "" : message.toLowerCase(Locale.ROOT);
      for (Shortage one : SHORTAGES) {
        if (words.contains(one.words())) {
          return told(provider, "the gateway has no " + one.lacking() + " left to connect to it");
        }
      }
    }
    return null;
  }

  private static Failure told(String provider, String what) {
    String message = "overloaded: provider \"" + provider + "\" was not asked, since " + what;
    return new Failure.Overloaded(message, RETRY_AFTER);
  }
}
