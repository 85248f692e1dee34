package dev.infermux.dialect.ollama;

import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.Sampling;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;

/** Writes what steers a model as options. */
final class OllamaOptionsWriter {

  private OllamaOptionsWriter() {}

  /** Writes the field, or nothing where all is as the server likes. */
  static void write(Conversation asked, JsonOutput out) {
    Sampling sampling = asked.sampling();
    JsonOutput options = new JsonOutput(128).object();
    if (asked.maxTokens() > 0) {
      options.field("num_predict", asked.maxTokens());
    }
    options.field("temperature", sampling.temperature());
    options.field("top_p", sampling.topP());
    options.field("top_k", sampling.topK());
    options.field("presence_penalty", sampling.presencePenalty());
    options.field("frequency_penalty", sampling.frequencyPenalty());
    options.field("seed", sampling.seed());
    if (!asked.stop().isEmpty()) {
      options.name("stop").array();
      asked.stop().forEach(options::string);
      options.endArray();
    }
    JsonSlice written = options.endObject().slice();
    if (written.length() > "{}".length()) {
      out.name("options").value(written);
    }
  }
}
