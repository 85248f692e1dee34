package dev.infermux.inbound;

import dev.infermux.mist.MistIds;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** What every answer says of itself: the request's id, where clients look for it, and the date. */
public final class AnswerIdentity {

  private static final CharSequence ID = HttpHeaders.createOptimized("X-Infermux-Request-Id");
  private static final CharSequence OPENAI_ID = HttpHeaders.createOptimized("x-request-id");
  private static final CharSequence CLIENT_ID = HttpHeaders.createOptimized("X-Client-Request-Id");

  private AnswerIdentity() {}

  /** The id that a caller gave, in the gateway's header or in OpenAI's, or a new one. */
  public static String requestId(MultiMap headers) {
    String own = headers.get(ID);
    return own != null && MistIds.isSane(own) ? own : MistIds.saneOrNew(headers.get(CLIENT_ID));
  }

  /** Sets the headers; the answer begins now. */
  public static void set(MultiMap headers, String requestId, RouterClient router) {
    headers.set(ID, requestId);
    headers.set(OPENAI_ID, requestId);
    headers.set(HttpHeaders.DATE, router.date());
  }
}
