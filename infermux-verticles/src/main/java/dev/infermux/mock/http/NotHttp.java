package dev.infermux.mock.http;

/** Bytes that are not an HTTP request. */
final class NotHttp extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotHttp(String found) {
    super(found, null, false, false);
  }

  String found() {
    return String.valueOf(getMessage());
  }
}
