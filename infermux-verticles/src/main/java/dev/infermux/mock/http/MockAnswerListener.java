package dev.infermux.mock.http;

/** Observes the progress of one answer. */
public interface MockAnswerListener {

  /** How far an answer is. */
  enum State {
    ANSWERING,
    /** All that the behaviour asks for has been done. */
    ANSWERED,
    /** The caller hung up before. */
    ABANDONED
  }

  /** Bytes were handed over. */
  void sent(int bytes);

  /** The answer is over; only the first time counts. */
  void end(State how);
}
