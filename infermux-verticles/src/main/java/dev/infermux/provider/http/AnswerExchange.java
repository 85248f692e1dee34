package dev.infermux.provider.http;

import dev.infermux.inference.Answer;

/** What is told how the answer of one request turns out; it ends with the first that says so. */
interface AnswerExchange extends StreamBeginning {

  /** A whole body is read from now on: it has the provider's timeout once more. */
  void collecting();

  /** A stream is read from now on: its first token has a limit. */
  void streaming();

  /**
   * This stream speaks for the answer.
   *
   * @param mediaType of one that has no events; empty = it has
   */
  void streams(EventStream stream, String mediaType);

  /** Bytes of a body came. */
  void heard();

  /** The answer is whole. */
  void answered(Answer whole);

  /** The connection ended, or its bytes make no sense. */
  void broken(Throwable cause);

  /** Takes a step unless the exchange is over; an exception of it ends the exchange. */
  void step(Runnable step);
}
