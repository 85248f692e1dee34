package dev.infermux.mock;

import dev.infermux.mock.ControlCommand.Reader;
import dev.infermux.mock.http.WireAnswer;
import dev.infermux.mock.http.WireRequest;
import dev.infermux.mock.http.WireScript;
import dev.infermux.mock.http.WireStep;
import dev.infermux.mock.script.MockRateLimit;
import dev.infermux.mock.script.MockScript;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /__mock/…}: changes the script of a running mock and shows its requests. */
final class ControlRoutes implements WireScript {

  static final String PREFIX = "/__mock/";

  private static final String SCRIPT = PREFIX + "script";
  private static final String REQUESTS = PREFIX + "requests";

  private final Mock mock;
  private final Reader reader;
  private final MockScript first;

  /** The mock's script of now is what it can be put back to. */
  ControlRoutes(Mock mock, Reader reader) {
    this.mock = mock;
    this.reader = reader;
    this.first = mock.script();
  }

  @Override
  public Iterator<WireStep> answer(WireRequest request) {
    String path = MockRoutes.path(request.target());
    return switch (request.method() + " " + path) {
      case "GET " + SCRIPT -> script();
      case "POST " + SCRIPT -> follow(request);
      case "DELETE " + SCRIPT -> {
        mock.script(first).unqueue();
        yield script();
      }
      case "GET " + REQUESTS -> requests();
      case "DELETE " + REQUESTS -> {
        mock.forget();
        yield requests();
      }
      default ->
          error(
              404,
              List.of(
                  request.method()
                      + " "
                      + path
                      + " (expected: GET, POST or DELETE "
                      + SCRIPT
                      + ", GET or DELETE "
                      + REQUESTS
                      + ")"));
    };
  }

  /** Keys that are not given stay as they are. */
  private Iterator<WireStep> follow(WireRequest request) {
    String text = request.body().toString(StandardCharsets.UTF_8);
    ControlCommand command = reader.read(text, mock.script());
    if (!command.problems().isEmpty()) {
      return error(400, command.problems());
    }
    MockScript script = command.script();
    if (!script.equals(mock.script()) || command.next().isEmpty()) {
      mock.script(script);
    }
    mock.next(command.next());
    return script();
  }

  private Iterator<WireStep> script() {
    MockScript script = mock.script();
    JsonObject models = new JsonObject();
    script.models().forEach((model, plan) -> models.put(model, plan.toString()));
    JsonObject json =
        new JsonObject()
            .put("seed", script.seed())
            .put("script", script.plan().toString())
            .put("models", models)
            .put("health", script.health().toString())
            .put("rate_limit", limit(script.rateLimit()))
            .put("strict", script.strict())
            .put("queued", mock.queued());
    return WireAnswer.json(200, json.encodePrettily() + "\n").steps();
  }

  private static @Nullable JsonObject limit(@Nullable MockRateLimit limit) {
    if (limit == null) {
      return null;
    }
    JsonObject json = new JsonObject().put("requests", limit.requests());
    String per = limit.perText();
    return per == null ? json : json.put("per", per);
  }

  private Iterator<WireStep> requests() {
    JsonArray all = new JsonArray();
    mock.requests().forEach(request -> all.add(json(request)));
    JsonObject json = new JsonObject().put("count", mock.count()).put("requests", all);
    return WireAnswer.json(200, json.encodePrettily() + "\n").steps();
  }

  private static JsonObject json(MockRequest request) {
    JsonObject headers = new JsonObject();
    request.headers().forEach(headers::put);
    return new JsonObject()
        .put("method", request.method())
        .put("path", request.path())
        .put("headers", headers)
        .put("body", request.body())
        .put("model", request.model())
        .put("behaviour", request.behaviour())
        .put("state", request.state().name().toLowerCase(java.util.Locale.ROOT))
        .put("received_at", request.receivedAt().toString())
        .put("first_byte_at", text(request.firstByteAt()))
        .put("ended_at", text(request.endedAt()))
        .put("hung_up_at", request.abandoned() ? text(request.endedAt()) : null)
        .put("bytes_sent", request.bytesSent());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static Iterator<WireStep> error(int status, List<String> problems) {
    return WireAnswer.json(status, WireAnswer.error(String.join("; ", problems)) + "\n").steps();
  }
}
