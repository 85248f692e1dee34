package dev.infermux.mock;

import dev.infermux.json.JsonOutput;
import java.util.Map;

/** What Ollama's API has beside chats. */
final class OllamaShape implements ApiShape {

  static final OllamaShape INSTANCE = new OllamaShape();

  private OllamaShape() {}

  @Override
  public String mediaType() {
    return "application/x-ndjson";
  }

  @Override
  public Map<String, String> headers(ResponsePlan plan) {
    return Map.of();
  }

  @Override
  public String error(MockError error) {
    return new JsonOutput().object().field("error", error.message()).endObject().toString();
  }

  @Override
  public String frame(MockError error, ResponsePlan plan, int frames) {
    return error(error) + "\n";
  }

  @Override
  public String torn() {
    return "{\"model\":\"mock\",\"message\":";
  }

  @Override
  public String noise() {
    return "{\"model\":\"mock\",\"mess\n";
  }

  @Override
  public boolean signs() {
    return false;
  }
}
