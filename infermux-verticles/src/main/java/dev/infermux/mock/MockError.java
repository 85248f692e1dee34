package dev.infermux.mock;

/**
 * An error as a mock means it, before an API's own words.
 *
 * @param status that it has, or would have outside a stream
 * @param code empty = none
 * @param param the field that is to blame; empty = none
 * @param request distinguishes the request from others
 */
record MockError(int status, String message, String code, String param, long request) {

  /** On a request that no plan has been asked about. */
  static MockError refused(int status, String message, String param) {
    return new MockError(status, message, "", param, 0);
  }

  boolean isCallers() {
    return status < 500;
  }
}
