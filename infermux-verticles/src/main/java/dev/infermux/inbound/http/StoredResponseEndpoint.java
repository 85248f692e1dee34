package dev.infermux.inbound.http;

import dev.infermux.dialect.responses.StoredResponse;
import dev.infermux.inbound.HeaderText;
import dev.infermux.inbound.WrongMethod;
import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Responses that a provider keeps, by id: read, read again as a stream, cancelled, deleted, and
 * their input. The request goes to the provider that issued the id.
 */
record StoredResponseEndpoint(LongSupplier maxBodyBytes) implements HttpEndpoint {

  private static final Pattern PATH =
      Pattern.compile("([A-Za-z0-9_-]{1,256})(/cancel|/input_items)?");

  @Override
  public Operation operation() {
    return Operation.STORED_RESPONSE;
  }

  @Override
  public void serve(HttpExchange exchange, Caller caller) {
    StoredResponse asked = asked(exchange);
    // What a caller sends along says nothing; it is read so that the connection can go on.
    AnswerWriter.answer(
        exchange,
        exchange.body(maxBodyBytes.getAsLong()).map(ignored -> call(exchange, caller, asked)),
        ResponsesApi.FORMAT);
  }

  private static Call call(HttpExchange exchange, Caller caller, StoredResponse asked) {
    String route = ResponsesApi.ROUTE + "/{id}" + asked.action();
    return CallFactory.call(exchange, caller, route, Operation.STORED_RESPONSE, asked);
  }

  private static StoredResponse asked(HttpExchange exchange) {
    HttpServerRequest request = exchange.request();
    Matcher path = PATH.matcher(exchange.rest());
    if (!path.matches()) {
      throw exchange.rest().isEmpty()
          ? new InferenceException(WrongMethod.of(request, "POST"))
          : unknown(request, exchange.rest());
    }
    String action = path.group(2) == null ? "" : path.group(2);
    List<String> allowed =
        switch (action) {
          case "/cancel" -> List.of("POST");
          case "/input_items" -> List.of("GET", "HEAD");
          default -> List.of("GET", "HEAD", "DELETE");
        };
    if (!allowed.contains(request.method().name())) {
      throw new InferenceException(WrongMethod.of(request, String.join(", ", allowed)));
    }
    HttpMethod method =
        request.method().equals(HttpMethod.HEAD) ? HttpMethod.GET : request.method();
    String query = request.query() == null ? "" : request.query();
    boolean stream =
        action.isEmpty()
            && method.equals(HttpMethod.GET)
            && "true".equals(request.getParam("stream"));
    return new StoredResponse(method.name(), path.group(1), action, query, stream);
  }

  private static InferenceException unknown(HttpServerRequest request, String rest) {
    String found = request.method() + " " + ResponsesApi.ROUTE + "/" + HeaderText.of(rest);
    return new InferenceException(
        new Failure.Unservable(
            "not_found",
            404,
            "path: \""
                + found
                + "\" (expected: GET or DELETE /v1/responses/{id}, POST …/cancel or GET"
                + " …/input_items, POST /v1/responses, …/input_tokens or …/compact)"));
  }
}
