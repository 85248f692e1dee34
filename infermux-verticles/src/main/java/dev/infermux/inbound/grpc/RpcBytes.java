package dev.infermux.inbound.grpc;

import dev.infermux.inbound.AnswerHold;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;

/** What one RPC holds of the process's memory, until it is over. Safe on any thread. */
final class RpcBytes {

  private final BufferedBytes account;
  private final AnswerHold answer;
  private long requested;
  private boolean crowded;
  private boolean over;

  RpcBytes(BufferedBytes account) {
    this.account = account;
    this.answer = new AnswerHold(account);
  }

  /** So many bytes of the request have come. */
  synchronized void requested(long bytes) {
    if (over) {
      return;
    }
    if (!account.take(BufferedKind.REQUESTS, bytes, requested)) {
      crowded = true;
      account.hold(BufferedKind.REQUESTS, bytes);
    }
    requested += bytes;
  }

  /** How many bytes of the request have come. */
  synchronized long requested() {
    return requested;
  }

  /** The bytes of the answer. */
  AnswerHold answer() {
    return answer;
  }

  /** Whether the process had no room for the request, or for a part of it. */
  synchronized boolean crowded() {
    return crowded;
  }

  synchronized void over() {
    over = true;
    account.release(BufferedKind.REQUESTS, requested);
    requested = 0;
    answer.release();
  }
}
