package dev.infermux.inference;

/**
 * What a call asks a model to do; the wire name is OpenTelemetry's {@code gen_ai.operation.name}.
 */
public enum Operation {
  CHAT("chat"),
  COMPLETION("text_completion"),
  EMBEDDINGS("embeddings"),
  /** How many tokens a chat's prompt has. */
  COUNT_TOKENS("count_tokens"),
  /** A response that its provider keeps: read, cancelled or deleted. */
  STORED_RESPONSE("stored_response"),
  IMAGES("images"),
  AUDIO("audio"),
  MODERATION("moderation"),
  RERANK("rerank");

  private final String wireName;

  Operation(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Whether no provider charges for it. */
  public boolean free() {
    return this == COUNT_TOKENS || this == STORED_RESPONSE;
  }

  /** Whether it makes sense without a model. */
  public boolean modelless() {
    return this == STORED_RESPONSE || this == MODERATION;
  }
}
