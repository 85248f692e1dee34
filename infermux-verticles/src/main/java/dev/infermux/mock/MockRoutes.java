package dev.infermux.mock;

import dev.infermux.mock.http.WireAnswer;
import dev.infermux.mock.http.WireRequest;
import dev.infermux.mock.http.WireScript;
import dev.infermux.mock.http.WireStep;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mock as all the APIs that it speaks, with {@code /v1} before their paths or without. */
public final class MockRoutes implements WireScript {

  private static final String KNOWN =
      "/v1/chat/completions, /v1/completions, /v1/embeddings, /v1/responses, /v1/messages,"
          + " /v1/models, /api/chat, /api/generate, /api/embed, /api/tags, /openai/deployments/…,"
          + " /__mock/script or /__mock/requests";

  private final Mock mock;
  private final List<MockApi> apis =
      List.of(
          new AnthropicMock(),
          new OpenAiMock(),
          new ResponsesMock(),
          new OllamaMock(),
          new RelayMock(),
          new AzureMock());

  public MockRoutes(Mock mock) {
    this.mock = mock;
  }

  @Override
  public Iterator<WireStep> answer(WireRequest request) {
    MockRequest seen =
        mock.arrived(
            request.method(), request.target(), headers(request), request.body().getBytes());
    request.tell(seen);
    String path = path(request.target());
    ApiRequest asked = new ApiRequest(request, path, mock, seen);
    for (MockApi api : apis) {
      Iterator<WireStep> answer = api.answer(asked);
      if (answer != null) {
        return answer;
      }
    }
    return WireAnswer.json(
            404, WireAnswer.error("path: \"" + path + "\" (expected: " + KNOWN + ")"))
        .steps();
  }

  private static Map<String, String> headers(WireRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach(entry -> headers.merge(entry.getKey(), entry.getValue(), MockRoutes::both));
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
