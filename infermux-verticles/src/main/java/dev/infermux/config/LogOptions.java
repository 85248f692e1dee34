package dev.infermux.config;

/** What the log looks like. */
public record LogOptions(LogLevel level, LogFormat format, boolean timestamps) {
  private static final LogOptions DEFAULTS = new LogOptions(LogLevel.INFO, LogFormat.TEXT, true);

  public static LogOptions defaults() {
    return DEFAULTS;
  }

  public LogOptions withLevel(LogLevel level) {
    return new LogOptions(level, format, timestamps);
  }

  public LogOptions withFormat(LogFormat format) {
    return new LogOptions(level, format, timestamps);
  }

  public LogOptions withTimestamps(boolean timestamps) {
    return new LogOptions(level, format, timestamps);
  }
}
