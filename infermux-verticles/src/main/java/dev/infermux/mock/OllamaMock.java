package dev.infermux.mock;

import dev.infermux.dialect.Framing;
import dev.infermux.dialect.ollama.OllamaChat;
import dev.infermux.dialect.ollama.OllamaEndpoint;
import dev.infermux.dialect.ollama.OllamaRequestBody;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.mock.ApiRequest.Asked;
import dev.infermux.mock.http.WireAnswer;
import dev.infermux.mock.http.WireStep;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ollama's own API. */
final class OllamaMock implements MockApi {

  private static final String DATE = "2026-01-01T00:00:00Z";

  /** How long each answer says that it took. */
  private static final long NANOS = 1_000_000;

  private static final OllamaChat CHAT = OllamaChat.chat(() -> NANOS);
  private static final OllamaChat GENERATE = OllamaChat.generate(() -> NANOS);

  @Override
  public @Nullable Iterator<WireStep> answer(ApiRequest request) {
    String path = request.path();
    for (OllamaEndpoint endpoint : OllamaEndpoint.values()) {
      if (path.equals(endpoint.path())) {
        return request.infer(OllamaShape.INSTANCE, () -> asked(request, endpoint));
      }
    }
    return switch (path) {
      case "/api/tags" -> request.show(OllamaVectors.INSTANCE, () -> models(request.mock(), true));
      case "/api/ps" -> request.show(OllamaVectors.INSTANCE, () -> models(request.mock(), false));
      case "/api/version" -> request.show(OllamaVectors.INSTANCE, () -> "{\"version\":\"0.13.3\"}");
      case "/api/show" ->
          request.isPost()
              ? request.planned(OllamaVectors.INSTANCE, OllamaMock::details)
              : request.wrongMethod(OllamaShape.INSTANCE, "POST");
      case "/" -> WireAnswer.text("Ollama is running").steps();
      default -> null;
    };
  }

  private static Asked asked(ApiRequest request, OllamaEndpoint endpoint) {
    OllamaRequestBody body = OllamaRequestBody.scan(endpoint, request.body());
    JsonSlice json = new JsonSlice(body.bytes(), 0, body.bytes().length);
    return switch (endpoint) {
      case CHAT -> {
        OllamaRules.check(json);
        yield new Asked(
            OllamaDemands.chat(body, json),
            new DialectForm(OllamaShape.INSTANCE, CHAT, Framing.NDJSON, body));
      }
      case GENERATE ->
          new Asked(
              OllamaDemands.generate(body, json),
              new DialectForm(OllamaShape.INSTANCE, GENERATE, Framing.NDJSON, body));
      case EMBED -> new Asked(OllamaDemands.embed(body, json, "input"), OllamaVectors.INSTANCE);
      case LEGACY_EMBEDDINGS ->
          new Asked(OllamaDemands.embed(body, json, "prompt"), OllamaVectors.LEGACY);
    };
  }

  private static String models(Mock mock, boolean all) {
    JsonOutput json = new JsonOutput().object().name("models").array();
    for (String name : all ? MockModels.of(mock) : Set.<String>of()) {
      json.object().field("name", name).field("model", name).field("modified_at", DATE);
      json.field("size", 1).field("digest", "mock").name("details").object();
      json.field("format", "gguf").field("family", "mock").endObject().endObject();
    }
    return json.endArray().endObject().toString();
  }

  private static String details() {
    return "{\"modelfile\":\"\",\"parameters\":\"\",\"template\":\"\",\"details\":{\"format\":"
        + "\"gguf\",\"family\":\"mock\"},\"model_info\":{},\"capabilities\":[\"completion\","
        + "\"tools\",\"thinking\",\"vision\"]}";
  }
}
