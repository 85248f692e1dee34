package dev.infermux.mock;

import dev.infermux.dialect.openai.OpenAiPaths;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.mock.http.WireAnswer;
import dev.infermux.mock.http.WireRequest;
import dev.infermux.mock.http.WireScript;
import dev.infermux.mock.http.WireStep;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A mock as an API of OpenAI's dialect, with {@code /v1} before its paths or without. */
public final class OpenAiRoutes implements WireScript {

  private static final String MODELS = "/models";

  /** Some of what can be asked for by name, so that the list of models shows how. */
  private static final List<String> EXAMPLES =
      List.of(
          "mock-ok",
          "mock-status-503",
          "mock-status-429+retry-after-2s",
          "mock-hang",
          "mock-reset",
          "mock-first-token-2s+pace-50ms",
          "mock-cut-after-5",
          "mock-stall-after-5");

  private final Mock mock;

  public OpenAiRoutes(Mock mock) {
    this.mock = mock;
  }

  @Override
  public Iterator<WireStep> answer(WireRequest request) {
    MockRequest seen =
        mock.arrived(
            request.method(), request.target(), headers(request), request.body().getBytes());
    request.tell(seen);
    String path = path(request.target());
    for (Operation operation : OpenAiPaths.OPERATIONS) {
      if (path.equals(OpenAiPaths.of(operation))) {
        return request.method().equals("POST")
            ? infer(operation, request, seen)
            : wrongMethod("POST");
      }
    }
    if (path.equals(MODELS) || path.startsWith(MODELS + "/")) {
      return request.method().equals("GET") ? models(path, seen) : wrongMethod("GET");
    }
    String known =
        "/v1/chat/completions, /v1/completions, /v1/embeddings, /v1/models, /__mock/script or"
            + " /__mock/requests";
    return WireAnswer.json(
            404, WireAnswer.error("path: \"" + path + "\" (expected: " + known + ")"))
        .steps();
  }

  private Iterator<WireStep> infer(Operation operation, WireRequest request, MockRequest seen) {
    MockCall call;
    try {
      OpenAiRequestBody body = OpenAiRequestBody.scan(operation, request.body().getBytes());
      call = MockCall.of(operation, body, body.model());
    } catch (InferenceException e) {
      return WireAnswer.json(400, WireAnswer.error(e.failure().message())).steps();
    }
    ResponsePlan plan = mock.score(call);
    seen.meets(plan);
    return OpenAiAnswers.of(plan);
  }

  private Iterator<WireStep> models(String path, MockRequest seen) {
    ResponsePlan plan = mock.health();
    seen.meets(plan);
    String body =
        path.equals(MODELS) ? list().encode() : model(path.substring(MODELS.length() + 1)).encode();
    return OpenAiAnswers.of(plan, body);
  }

  private JsonObject list() {
    JsonArray data = new JsonArray();
    served().forEach(name -> data.add(model(name)));
    return new JsonObject().put("object", "list").put("data", data);
  }

  private Set<String> served() {
    Set<String> names = new LinkedHashSet<>();
    List<String> models = mock.models();
    names.addAll(models == null ? List.of() : models);
    names.addAll(mock.script().models().keySet());
    names.addAll(EXAMPLES);
    return names;
  }

  private static JsonObject model(String name) {
    return new JsonObject()
        .put("id", name)
        .put("object", "model")
        .put("created", 1_700_000_000)
        .put("owned_by", "mock");
  }

  private static Iterator<WireStep> wrongMethod(String allowed) {
    return WireAnswer.json(405, WireAnswer.error("method: not " + allowed))
        .header("allow", allowed)
        .steps();
  }

  private static Map<String, String> headers(WireRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach(entry -> headers.merge(entry.getKey(), entry.getValue(), OpenAiRoutes::both));
    return headers;
  }

  private static String both(String one, String other) {
    return one + ", " + other;
  }

  /** Without query, {@code /v1} and a slash at its end. */
  static String path(String target) {
    String path = target.split("\\?", 2)[0];
    path = path.startsWith("/v1/") ? path.substring(3) : path;
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
