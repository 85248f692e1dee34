package dev.infermux.dialect.openai;

import dev.infermux.inference.Operation;
import dev.infermux.json.JsonOutput;

/** Writes a chat of text messages, one part after another, without a tree. One thread. */
public final class ChatBodyWriter {

  private final JsonOutput out;

  /**
   * Begins a chat.
   *
   * @param model empty when the router may choose
   * @param expected how many bytes it may have; it may have more
   */
  public ChatBodyWriter(String model, int expected) {
    out = new JsonOutput(expected).object().field("model", model).name("messages").array();
  }

  /** Adds a message. */
  public ChatBodyWriter message(String role, String content) {
    out.object().field("role", role).field("content", content).endObject();
    return this;
  }

  /** Ends the messages; what is not set is left to the provider. */
  public Parameters parameters() {
    out.endArray();
    return new Parameters();
  }

  /** What follows the messages. */
  public final class Parameters {

    private Parameters() {}

    public Parameters maxTokens(long maxTokens) {
      out.field("max_tokens", maxTokens);
      return this;
    }

    /** A finite number. */
    public Parameters temperature(double temperature) {
      out.name("temperature").raw(Double.toString(temperature));
      return this;
    }

    /** The whole chat. */
    public OpenAiRequestBody end(boolean stream) {
      byte[] bytes = out.field("stream", stream).endObject().toBytes();
      return OpenAiRequestBody.scanModelOptional(Operation.CHAT, bytes);
    }
  }
}
