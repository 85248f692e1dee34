package dev.infermux.vertx;

/** What is awaited on a connection. */
enum ConnectionActivity {
  /** The first byte of all. */
  FRESH,
  /** The next request. */
  IDLE,
  /** The rest of a request's head. */
  HEAD,
  /** The rest of its body. */
  BODY,
  /** The end of a body that nobody wants, since its request is answered. */
  UNREAD,
  /** That the caller takes what was written. */
  WRITING,
  /** The answer: nothing that the caller could be late with. */
  WAITING
}
