package dev.infermux.inbound.grpc;

import dev.infermux.inference.Answer;

/** How the answer to one call goes out. Used on the context of the call's cell. */
interface RpcReply {

  /** Sends the answer, or begins to. */
  void send(Answer answer);

  /** The caller's socket takes more. */
  void ready();

  /** Whether an answer has begun. */
  boolean begun();
}
