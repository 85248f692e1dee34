package dev.infermux.dialect.responses;

import dev.infermux.inference.Operation;

/** What is done with an input; all endpoints take the same body. */
public enum ResponsesEndpoint {
  CREATE("", Operation.CHAT),
  /** Counts the input's tokens. */
  COUNT("/input_tokens", Operation.COUNT_TOKENS),
  /** Makes a shorter input of it, part of which only its provider can read. */
  COMPACT("/compact", Operation.CHAT);

  private final String path;
  private final Operation operation;

  ResponsesEndpoint(String path, Operation operation) {
    this.path = path;
    this.operation = operation;
  }

  /** What follows {@code /responses} in its path. */
  public String path() {
    return path;
  }

  public Operation operation() {
    return operation;
  }
}
