package dev.infermux.inference;

/**
 * Whom a call is charged to. Empty {@code project} and {@code env} mean that none was given.
 *
 * @param caller never empty; {@code anonymous} when the request named none
 */
public record Attribution(String caller, String project, String env) {

  public static final Attribution ANONYMOUS = new Attribution("", "", "");

  public Attribution {
    caller = caller.isEmpty() ? "anonymous" : caller;
  }
}
