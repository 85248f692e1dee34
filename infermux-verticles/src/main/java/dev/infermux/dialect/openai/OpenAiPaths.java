package dev.infermux.dialect.openai;

import dev.infermux.inference.Operation;
import java.util.List;

/** Where an API of the dialect has its operations, below its base URL. */
public final class OpenAiPaths {

  /** The operations whose bodies are read. */
  public static final List<Operation> OPERATIONS =
      List.of(Operation.CHAT, Operation.COMPLETION, Operation.EMBEDDINGS);

  private OpenAiPaths() {}

  public static String of(Operation operation) {
    return switch (operation) {
      case CHAT -> "/chat/completions";
      case COMPLETION -> "/completions";
      case EMBEDDINGS -> "/embeddings";
      default -> throw new IllegalArgumentException(operation + " has no path of its own");
    };
  }
}
