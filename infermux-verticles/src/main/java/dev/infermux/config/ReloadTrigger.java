package dev.infermux.config;

/** What had a configuration read again. */
public enum ReloadTrigger {
  /** One of its files has become another. */
  FILE("file"),
  /** SIGHUP. */
  SIGNAL("signal"),
  /** {@code POST /_infermux/reload}. */
  API("api"),
  /** The program that InferMux is embedded in. */
  PROGRAM("program");

  private final String wireName;

  ReloadTrigger(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
