package dev.infermux.clients;

/**
 * How one scenario of one client ended.
 *
 * @param result {@code ok}, {@code failed}, or {@code none} where the client has no call for it
 * @param detail why it failed
 */
record Outcome(String result, String detail) {

  static final Outcome OK = new Outcome("ok", "");
  static final Outcome NONE = new Outcome("none", "");

  static Outcome failed(String detail) {
    return new Outcome("failed", detail);
  }

  boolean failed() {
    return result.equals("failed");
  }
}
