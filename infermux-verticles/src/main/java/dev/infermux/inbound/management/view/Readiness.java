package dev.infermux.inbound.management.view;

/**
 * Whether the gateway should be sent calls.
 *
 * @param reason why not; empty when it should
 */
public record Readiness(boolean ready, String reason) {

  public static final Readiness READY = new Readiness(true, "");

  public static Readiness not(String reason) {
    return new Readiness(false, reason);
  }
}
