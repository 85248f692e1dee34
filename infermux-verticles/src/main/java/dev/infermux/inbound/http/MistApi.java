package dev.infermux.inbound.http;

import dev.infermux.dialect.mist.InferChunks;
import dev.infermux.dialect.mist.InferRequestReader;
import dev.infermux.dialect.mist.InferResponses;
import dev.infermux.inbound.auth.Authenticator;
import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inbound.auth.Credentials;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.Operation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/** The MIST API: bare inference requests, envelopes, and the list of providers. */
final class MistApi {

  private static final String EVENT_STREAM = "text/event-stream";
  private static final AnswerFormat BARE = AnswerFormat.of(MistApi::bare, InferChunks::new);

  private MistApi() {}

  static FrontApi of(FrontApiServices services) {
    Authenticator signatures = services.options().authenticator();
    return new FrontApi(
        Credentials.BEARER,
        OpenAiApi.ERRORS,
        List.of(
            HttpRoute.post(
                "/infer",
                new InferenceEndpoint(
                    Operation.CHAT, services::maxBodyBytes, MistApi::infer, BARE)),
            HttpRoute.post(
                "/mist", new MistEndpoint(signatures, services::maxBodyBytes, services.pong())),
            HttpRoute.get("/providers", new ProviderListEndpoint(services.providers()))));
  }

  /** A bare InferRequest, answered bare or, if asked for, as a stream. */
  private static Call infer(HttpExchange exchange, Caller caller, byte[] body) {
    String accept = exchange.request().getHeader(HttpHeaders.ACCEPT);
    boolean stream = accept != null && accept.contains(EVENT_STREAM);
    return CallFactory.mist(
        exchange,
        caller,
        "/infer",
        InferRequestReader.of(body, caller.attribution(), stream),
        BARE);
  }

  private static Buffer bare(Answer answer) {
    return Buffer.buffer(InferResponses.of(answer).json());
  }
}
