package dev.infermux.inbound.http;

import dev.infermux.dialect.StreamTranslation;
import dev.infermux.dialect.anthropic.AnthropicRequestBody;
import dev.infermux.dialect.anthropic.MessageErrorJson;
import dev.infermux.dialect.anthropic.PingEvent;
import dev.infermux.inbound.auth.Credentials;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Operation;
import java.util.List;

/** Anthropic's Messages API: inference, plain and streamed, and the count of a prompt's tokens. */
final class MessagesApi {

  private static final String VERSION = "/v1";
  private static final String MESSAGES = "/messages";
  static final ErrorFormat ERRORS =
      new ErrorFormat(MessageErrorJson::of, MessageErrorJson::event, "request-id");
  private static final AnswerFormat FORMAT =
      AnswerFormat.of(Answer::bytes, (requestId, servedBy) -> StreamTranslation.NONE)
          .withComment(PingEvent.BYTES);

  private MessagesApi() {}

  static FrontApi of(FrontApiServices services) {
    return new FrontApi(
        Credentials.ANTHROPIC,
        ERRORS,
        List.of(
            route(MESSAGES, Operation.CHAT, services),
            route(MESSAGES + "/count_tokens", Operation.COUNT_TOKENS, services)));
  }

  private static HttpRoute route(String path, Operation operation, FrontApiServices services) {
    CallReader reader =
        (exchange, caller, bytes) ->
            CallFactory.call(
                exchange,
                caller,
                VERSION + path,
                operation,
                AnthropicRequestBody.scan(operation, bytes));
    InferenceEndpoint endpoint =
        new InferenceEndpoint(operation, services::maxBodyBytes, reader, FORMAT);
    // Some clients add the version to their base URL, others do not.
    return HttpRoute.post(VERSION + path, endpoint).alsoAt(path).alsoAt(VERSION + VERSION + path);
  }
}
