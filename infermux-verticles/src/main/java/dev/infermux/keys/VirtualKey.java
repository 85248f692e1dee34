package dev.infermux.keys;

import java.time.Instant;

/**
 * A key that was made while the gateway runs; the key itself is not known any more.
 *
 * @param id by which it is listed and revoked
 * @param digest SHA-256 of the key, in hex
 * @param hint its last four characters
 */
public record VirtualKey(
    String id, String digest, String hint, Instant createdAt, KeyRequest terms) {

  boolean expired(Instant now) {
    Instant end = terms.expiresAt();
    return end != null && !now.isBefore(end);
  }
}
