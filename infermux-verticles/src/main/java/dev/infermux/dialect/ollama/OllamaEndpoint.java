package dev.infermux.dialect.ollama;

import dev.infermux.inference.Operation;

/** Where Ollama's API is asked for what; each place has a shape of its own. */
public enum OllamaEndpoint {
  CHAT("/api/chat", Operation.CHAT, "messages"),
  GENERATE("/api/generate", Operation.COMPLETION, "prompt"),
  EMBED("/api/embed", Operation.EMBEDDINGS, "input"),
  /** One text, one vector: what {@link #EMBED} has replaced. */
  LEGACY_EMBEDDINGS("/api/embeddings", Operation.EMBEDDINGS, "prompt");

  private final String path;
  private final Operation operation;
  private final String prompt;

  OllamaEndpoint(String path, Operation operation, String prompt) {
    this.path = path;
    this.operation = operation;
    this.prompt = prompt;
  }

  /** Below the server's root. */
  public String path() {
    return path;
  }

  public Operation operation() {
    return operation;
  }

  /** The field that holds what is asked. */
  String prompt() {
    return prompt;
  }

  /** Whether its answers are streams unless the request says otherwise. */
  boolean streams() {
    return operation != Operation.EMBEDDINGS;
  }
}
