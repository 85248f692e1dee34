package dev.infermux.inbound.grpc;

import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;

/** What one RPC holds of the process's memory, until it is over. Safe on any thread. */
final class RpcBytes {

  private final BufferedBytes account;
  private long requested;
  private long answered;
  private boolean crowded;
  private boolean over;

  RpcBytes(BufferedBytes account) {
    this.account = account;
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

  /** So many bytes of an answer wait for the caller from now on. */
  synchronized void answered(long bytes) {
    if (!over) {
      account.hold(BufferedKind.ANSWERS, bytes);
      answered += bytes;
    }
  }

  /** Whether the process had no room for the request, or for a part of it. */
  synchronized boolean crowded() {
    return crowded;
  }

  synchronized void over() {
    over = true;
    account.release(BufferedKind.REQUESTS, requested);
    account.release(BufferedKind.ANSWERS, answered);
    requested = 0;
    answered = 0;
  }
}
