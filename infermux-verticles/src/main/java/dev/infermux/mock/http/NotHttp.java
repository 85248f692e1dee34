package dev.infermux.mock.http;

/** Bytes that are no request that anybody would answer. */
final class NotHttp extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotHttp(String found) {
    super(found, null, false, false);
  }

  String found() {
    return String.valueOf(getMessage());
  }
}
