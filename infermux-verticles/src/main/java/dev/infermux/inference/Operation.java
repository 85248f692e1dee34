package dev.infermux.inference;

/**
 * What a call asks a model to do; the wire name is OpenTelemetry's {@code gen_ai.operation.name}.
 */
public enum Operation {
  CHAT("chat", "/chat/completions"),
  COMPLETION("text_completion", "/completions"),
  EMBEDDINGS("embeddings", "/embeddings");

  private final String wireName;
  private final String path;

  Operation(String wireName, String path) {
    this.wireName = wireName;
    this.path = path;
  }

  public String wireName() {
    return wireName;
  }

  /** The path below an OpenAI-style base URL. */
  public String path() {
    return path;
  }
}
