package dev.infermux.inbound.grpc;

import dev.infermux.inference.Call;
import io.grpc.Metadata;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads {@code grpc-timeout}: up to eight digits and a unit, as gRPC over HTTP/2 has it. */
final class RpcDeadline {

  /** A client's own timer fires a little before the time on this side is up. */
  private static final long MARGIN_NANOS = 10_000_000;

  private static final Metadata.Key<String> TIMEOUT =
      Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);
  private static final Map<Character, TimeUnit> UNITS =
      Map.of(
          'H', TimeUnit.HOURS,
          'M', TimeUnit.MINUTES,
          'S', TimeUnit.SECONDS,
          'm', TimeUnit.MILLISECONDS,
          'u', TimeUnit.MICROSECONDS,
          'n', TimeUnit.NANOSECONDS);

  private RpcDeadline() {}

  /** When the caller stops waiting, on the clock of {@code started}. */
  static long of(Metadata headers, long started) {
    long nanos = nanos(headers.get(TIMEOUT));
    return nanos == Call.NO_DEADLINE ? nanos : started + nanos;
  }

  /** Whether the caller has stopped waiting by now, or is about to. */
  static boolean passed(Metadata headers, long started, long now) {
    return near(of(headers, started), now);
  }

  /** Whether this deadline has passed, or is about to. */
  static boolean near(long deadline, long now) {
    return deadline != Call.NO_DEADLINE && deadline - now < MARGIN_NANOS;
  }

  private static long nanos(@Nullable String timeout) {
    if (timeout == null || !timeout.matches("\\d{1,8}[HMSmun]")) {
      return Call.NO_DEADLINE;
    }
    int last = timeout.length() - 1;
    TimeUnit unit = UNITS.getOrDefault(timeout.charAt(last), TimeUnit.NANOSECONDS);
    return Math.min(
        TimeUnit.DAYS.toNanos(365), unit.toNanos(Long.parseLong(timeout.substring(0, last))));
  }
}
