package dev.infermux.mock;

/** How one API writes an error. */
interface ErrorForm {

  /** The body of an answer whose status is that of the error. */
  String error(MockError error);
}
