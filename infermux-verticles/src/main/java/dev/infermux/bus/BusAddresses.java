package dev.infermux.bus;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.RefusedCall;
import dev.infermux.mist.MistType;

/** Addresses that no package of their own stands behind. Those without a cell are public API. */
public final class BusAddresses {

  /** Anyone in the process or cluster may send an {@code infer.request} envelope here. */
  public static final String INFER = "mist.infer.request";

  /** Anyone may publish an {@code infer.cancel} envelope here that ends a request under way. */
  public static final String CANCEL = "mist.infer.cancel";

  private static final MessageType<Call> CALL = new MessageType<>(MistType.INFER_CALL, Call.class);
  private static final MessageType<RefusedCall> REFUSED =
      new MessageType<>(MistType.INFER_REFUSED, RefusedCall.class);
  private static final MessageType<Answer> ANSWER =
      new MessageType<>(MistType.INFER_ANSWER, Answer.class);

  private BusAddresses() {}

  /** The router of one cell of one InferMux. */
  public static LocalAddress<Call, Answer> router(String instance, int cell) {
    return new LocalAddress<>("infermux.router." + instance + "." + cell, CALL, ANSWER);
  }

  /** Takes note of requests that a listener of the same cell refused. */
  public static LocalInbox<RefusedCall> refusals(String instance, int cell) {
    return new LocalInbox<>("infermux.router." + instance + "." + cell + ".refused", REFUSED);
  }
}
