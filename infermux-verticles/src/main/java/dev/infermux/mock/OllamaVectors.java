package dev.infermux.mock;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonOutput;
import java.util.List;
import java.util.Map;

/**
 * Ollama's embeddings, which are never streamed.
 *
 * @param legacy one text and one vector
 */
record OllamaVectors(boolean legacy) implements AnswerForm {

  static final OllamaVectors INSTANCE = new OllamaVectors(false);
  static final OllamaVectors LEGACY = new OllamaVectors(true);

  @Override
  public String mediaType() {
    return OllamaShape.INSTANCE.mediaType();
  }

  @Override
  public Map<String, String> headers(ResponsePlan plan) {
    return OllamaShape.INSTANCE.headers(plan);
  }

  @Override
  public StepForm stream(ResponsePlan plan) {
    throw new IllegalStateException("embeddings are whole");
  }

  @Override
  public String body(ResponsePlan plan) {
    List<float[]> vectors = plan.vectors();
    JsonOutput json = new JsonOutput().object();
    if (legacy) {
      vector(json.name("embedding"), vectors.isEmpty() ? new float[0] : vectors.get(0));
      return json.endObject().toString();
    }
    json.field("model", plan.call().model()).name("embeddings").array();
    vectors.forEach(vector -> vector(json, vector));
    json.endArray().field("total_duration", 1_000_000).field("load_duration", 0);
    Usage usage = plan.usage();
    if (usage != null) {
      json.field("prompt_eval_count", usage.promptTokens());
    }
    return json.endObject().toString();
  }

  private static void vector(JsonOutput json, float[] vector) {
    json.array();
    for (float one : vector) {
      json.raw(Float.toString(one));
    }
    json.endArray();
  }

  @Override
  public String error(MockError error) {
    return OllamaShape.INSTANCE.error(error);
  }

  @Override
  public String torn() {
    return OllamaShape.INSTANCE.torn();
  }
}
