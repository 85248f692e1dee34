package dev.infermux.inbound;

import dev.infermux.inference.AnswerBytes;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;

/**
 * The bytes of one call's whole answer in the account of memory, until its caller has taken them or
 * has left. Safe on any thread.
 */
public final class AnswerHold implements AnswerBytes {

  private final BufferedBytes account;
  private long held;
  private boolean over;

  /** Holds nothing yet. */
  public AnswerHold(BufferedBytes account) {
    this.account = account;
  }

  @Override
  public synchronized boolean keep(long bytes) {
    if (over) {
      return false;
    }
    held += bytes;
    return true;
  }

  @Override
  public synchronized boolean holds(long bytes) {
    if (over || bytes == held) {
      return true;
    }
    if (!account.take(BufferedKind.ANSWERS, bytes - held, 0)) {
      return false;
    }
    held = bytes;
    return true;
  }

  /** The caller has the answer, or has left. Idempotent. */
  public synchronized void release() {
    over = true;
    account.release(BufferedKind.ANSWERS, held);
    held = 0;
  }
}
