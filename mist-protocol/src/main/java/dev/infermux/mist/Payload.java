package dev.infermux.mist;

/**
 * What an envelope carries: anything that can be written as JSON.
 *
 * <p>Implementations are immutable and safe on any thread. An in-process payload may hold more than
 * its JSON and make the JSON only when it is asked for.
 */
@FunctionalInterface
public interface Payload {

  /**
   * The payload as one JSON value in UTF-8. Callers must not change the bytes; an implementation
   * may return the same array each time.
   */
  byte[] json();
}
