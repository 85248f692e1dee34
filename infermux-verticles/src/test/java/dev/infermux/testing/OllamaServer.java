package dev.infermux.testing;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers like a server of Ollama's API, and refuses what it would refuse. */
public final class OllamaServer implements Function<MockRequest, MockAnswer> {

  private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "max");

  @Override
  public MockAnswer apply(MockRequest request) {
    JsonObject body;
    try {
      body = new JsonObject(request.body());
    } catch (DecodeException malformed) {
      return OllamaTexts.error(400, "invalid character");
    }
    String wrong = wrong(request.target(), body);
    if (wrong != null) {
      return OllamaTexts.error(400, wrong);
    }
    boolean stream = body.getBoolean("stream", true);
    return switch (request.target()) {
      case "/api/chat" -> {
        boolean calls = body.containsKey("tools") && !request.body().contains("\"role\":\"tool\"");
        yield stream ? streamed(calls) : MockAnswer.json(whole(calls));
      }
      case "/api/generate" ->
          stream
              ? OllamaTexts.stream(
                  OllamaTexts.GENERATED
                      .replace("\"done\":true,\"done_reason\":\"stop\"", "\"done\":false")
                      .replaceAll(",\"context\".*", "}"),
                  OllamaTexts.GENERATED.replace("Hello, world", ""))
              : MockAnswer.json(OllamaTexts.GENERATED);
      case "/api/embed" -> MockAnswer.json(embedded(body));
      default -> MockAnswer.body(404, "text/plain", io.vertx.core.buffer.Buffer.buffer("404"));
    };
  }

  private static MockAnswer streamed(boolean calls) {
    return calls
        ? OllamaTexts.stream(OllamaTexts.THINKING, OllamaTexts.CALLS, OllamaTexts.DONE)
        : OllamaTexts.stream(
            OllamaTexts.THINKING, OllamaTexts.HELLO, OllamaTexts.WORLD, OllamaTexts.DONE);
  }

  private static String whole(boolean calls) {
    return calls
        ? OllamaTexts.DONE.replace(
            "\"content\":\"\"",
            OllamaTexts.CALLS.substring(
                OllamaTexts.CALLS.indexOf("\"content\""), OllamaTexts.CALLS.indexOf("},\"done\"")))
        : OllamaTexts.WHOLE;
  }

  private static String embedded(JsonObject body) {
    Object input = body.getValue("input");
    int texts = input instanceof JsonArray several ? several.size() : 1;
    JsonArray vectors = new JsonArray();
    for (int i = 0; i < texts; i++) {
      vectors.add(new JsonArray().add(0.25 + i).add(-0.5));
    }
    return "{\"model\":\"llama3.2\",\"embeddings\":" + vectors + ",\"prompt_eval_count\":7}";
  }

  /** What Go's types do not take. */
  private static @Nullable String wrong(String target, JsonObject body) {
    if (!(body.getValue("model") instanceof String)) {
      return "model is required";
    }
    Object think = body.getValue("think", false);
    if (!(think instanceof Boolean) && !EFFORTS.contains(String.valueOf(think))) {
      return "invalid think value";
    }
    if (target.equals("/api/generate") && !(body.getValue("prompt") instanceof String)) {
      return "json: cannot unmarshal into Go struct field GenerateRequest.prompt of type string";
    }
    for (Object one : body.getJsonArray("messages", new JsonArray())) {
      JsonObject message = (JsonObject) one;
      if (!(message.getValue("content", "") instanceof String)) {
        return "json: cannot unmarshal array into Go struct field ChatRequest.messages.content";
      }
      for (Object image : message.getJsonArray("images", new JsonArray())) {
        if (!(image instanceof String text) || !text.matches("[A-Za-z0-9+/]*={0,2}")) {
          return "illegal base64 data at input byte 4";
        }
      }
      for (Object call : message.getJsonArray("tool_calls", new JsonArray())) {
        JsonObject function = ((JsonObject) call).getJsonObject("function");
        if (!(function.getValue("arguments") instanceof JsonObject)) {
          return "json: cannot unmarshal string into Go struct field .arguments";
        }
      }
    }
    return null;
  }
}
