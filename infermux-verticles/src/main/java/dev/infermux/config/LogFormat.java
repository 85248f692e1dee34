package dev.infermux.config;

/** For whom is logged. */
public enum LogFormat {
  TEXT("text"),
  JSON("json");

  private final String wireName;

  LogFormat(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
