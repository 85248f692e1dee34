package dev.infermux.cli.process;

import io.vertx.core.transport.Transport;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What carries the sockets of a server: the kernel's own way where it is there, which takes fewer
 * calls of it and leaves less garbage than the JVM's. Chosen before there is an event loop, and so
 * before the configuration is read.
 *
 * @param shortfall why it is not what was asked for; empty when it is
 */
public record SocketTransport(Kind kind, Transport transport, String shortfall) {

  /** Those that there are; each falls back to the next. */
  public enum Kind {
    IO_URING,
    EPOLL,
    NIO;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    private @Nullable Transport transport() {
      return switch (this) {
        case IO_URING -> Transport.IO_URING;
        case EPOLL -> Transport.EPOLL;
        case NIO -> Transport.NIO;
      };
    }
  }

  public static final Flag FLAG =
      Flag.withValue(
          "--transport",
          "NAME",
          "What carries the sockets: auto, epoll, io_uring or nio. Default: auto, which is epoll"
              + " where the system has it, else nio.");

  private static final String VARIABLE = "INFERMUX_TRANSPORT";
  private static final String AUTO = "auto";

  /**
   * What the flag asks for, else the variable, else {@code auto}.
   *
   * @throws BadArguments when that is none
   */
  public static SocketTransport of(Arguments arguments, CommandContext context) {
    return arguments
        .find(FLAG)
        .map(name -> of(name, FLAG.name()))
        .or(() -> context.variable(VARIABLE).map(name -> of(name, VARIABLE)))
        .orElseGet(() -> from(Kind.EPOLL));
  }

  /**
   * Finds what is wanted, or what comes nearest.
   *
   * @param wanted a kind's name, or {@code auto} for epoll where it is there
   * @param where it was said, for the message
   * @throws BadArguments when it is no such name
   */
  static SocketTransport of(String wanted, String where) {
    if (wanted.equals(AUTO)) {
      return from(Kind.EPOLL);
    }
    for (Kind kind : Kind.values()) {
      if (kind.wireName().equals(wanted)) {
        return from(kind);
      }
    }
    throw new BadArguments(
        where + ": \"" + wanted + "\" (expected: auto | epoll | io_uring | nio)");
  }

  private static SocketTransport from(Kind wanted) {
    StringBuilder shortfall = new StringBuilder();
    for (Kind kind : Kind.values()) {
      if (kind.compareTo(wanted) < 0) {
        continue;
      }
      Transport transport = kind.transport();
      if (transport != null && transport.available()) {
        return new SocketTransport(kind, transport, shortfall.toString());
      }
      shortfall
          .append(shortfall.isEmpty() ? "" : "; ")
          .append(kind.wireName())
          .append(": ")
          .append(obstacle(transport));
    }
    return new SocketTransport(Kind.NIO, Transport.NIO, shortfall.toString());
  }

  /** The reason that is at the bottom of all others: those above only say that it failed. */
  private static String obstacle(@Nullable Transport transport) {
    Throwable cause = transport == null ? null : transport.unavailabilityCause();
    if (cause == null) {
      return "not in this program, or not for this system";
    }
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  public String name() {
    return kind.wireName();
  }
}
