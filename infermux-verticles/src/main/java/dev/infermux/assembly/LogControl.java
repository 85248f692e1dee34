package dev.infermux.assembly;

import dev.infermux.config.LogLevel;
import dev.infermux.config.LogOptions;
import dev.infermux.config.ReloadSource;
import org.jspecify.annotations.Nullable;

/** The log of the program, where it is InferMux's to configure. Safe on any thread. */
final class LogControl {

  private final @Nullable ReloadSource source;
  private LogOptions now;

  LogControl(@Nullable ReloadSource source, LogOptions first) {
    this.source = source;
    this.now = first;
  }

  synchronized LogOptions now() {
    return now;
  }

  /** Puts what a configuration says in force; false where the program has a log of its own. */
  synchronized boolean replace(LogOptions next) {
    now = next;
    if (source == null) {
      return false;
    }
    source.log().accept(next);
    return true;
  }

  /** Changes the level alone. */
  synchronized boolean level(LogLevel level) {
    return source != null && replace(now.withLevel(level));
  }
}
