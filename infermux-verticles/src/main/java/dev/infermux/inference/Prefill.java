package dev.infermux.inference;

/** How a model is asked to go on from the beginning of an answer. */
public enum Prefill {
  /** It cannot. */
  NONE("false"),
  /** The beginning is the last message, of the assistant, as older Anthropic models take it. */
  MESSAGE("true"),
  /** That message also says {@code "prefix": true}, as DeepSeek and Mistral ask for. */
  PREFIX("prefix"),
  /** The request also says {@code "continue_final_message": true}, as vLLM asks for. */
  CONTINUE_FINAL_MESSAGE("continue_final_message");

  private final String wireName;

  Prefill(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
