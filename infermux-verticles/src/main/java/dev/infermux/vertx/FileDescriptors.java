package dev.infermux.vertx;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** How many connections the process has file descriptors for. */
public final class FileDescriptors {

  /** For the jar, the log, the ledger and what else is no connection. */
  private static final long OTHERS = 96;

  private static final int MOST = 100_000;
  private static final int LEAST = 16;

  private FileDescriptors() {}

  /** Half of what is left of them: each caller may need a connection to a provider. */
  public static int forCallers() {
    return unix() == null ? MOST : (int) Math.max(LEAST, Math.min(MOST, (most() - OTHERS) / 2));
  }

  /** How many there may be; -1 where that is not known. */
  static long most() {
    UnixOperatingSystemMXBean unix = unix();
    return unix == null ? -1 : unix.getMaxFileDescriptorCount();
  }

  private static @Nullable UnixOperatingSystemMXBean unix() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix
        : null;
  }
}
