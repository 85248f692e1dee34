package dev.infermux.provider.http;

/** Bytes that are not what their encoding says. */
final class BodyUndecodable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BodyUndecodable(String found) {
    super(found, null, false, false);
  }
}
