package dev.infermux.inbound.grpc;

import dev.infermux.inference.Answer;
import dev.infermux.time.Deadlines;

/** How the answer to one call goes out. Used on the context of the call's cell. */
interface RpcReply {

  /**
   * Sends the answer, or begins to.
   *
   * @param unread watches for callers that take nothing of it
   */
  void send(Answer answer, Deadlines unread);

  /** The caller's socket takes more. */
  void ready();

  /** The RPC has ended, or its caller has left. */
  default void over() {}

  /** Whether an answer has begun. */
  boolean begun();
}
