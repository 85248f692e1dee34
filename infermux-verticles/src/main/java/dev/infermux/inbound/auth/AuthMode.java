package dev.infermux.inbound.auth;

/** Who may call, and with whose credentials the provider is called. */
public enum AuthMode {
  /** Anyone; a provider without a key of its own gets the caller's token. */
  PASSTHROUGH("passthrough"),
  /** Those who present a configured key. */
  STATIC_KEY("static_key");

  private final String wireName;

  AuthMode(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
