package dev.infermux.inference;

import dev.infermux.mist.LocalPayload;

/**
 * A request that ended before the router was asked: its listener refused it, or its caller left
 * while it was read.
 *
 * @param call what is known of it; its body is {@link RequestBody#unread()}
 */
public record RefusedCall(Call call, Failure failure) implements LocalPayload {

  public static RefusedCall of(Call call, Throwable cause) {
    return new RefusedCall(call, InferenceException.failureOf(cause));
  }
}
