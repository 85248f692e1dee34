package dev.infermux.bus;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.mist.MistType;

/** Addresses that no package of their own stands behind. The one without a cell is public API. */
public final class BusAddresses {

  /** Anyone in the process or cluster may send an {@code infer.request} envelope here. */
  public static final String INFER = "mist.infer.request";

  private static final MessageType<Call> CALL = new MessageType<>(MistType.INFER_CALL, Call.class);
  private static final MessageType<Answer> ANSWER =
      new MessageType<>(MistType.INFER_ANSWER, Answer.class);

  private BusAddresses() {}

  /** The router of one cell of one InferMux. */
  public static LocalAddress<Call, Answer> router(String instance, int cell) {
    return new LocalAddress<>("infermux.router." + instance + "." + cell, CALL, ANSWER);
  }
}
