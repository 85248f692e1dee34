package dev.infermux.dialect.openai;

import dev.infermux.inference.Operation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where an API of the dialect has its operations, below its base URL. */
public final class OpenAiPaths {

  /** The operations whose bodies are read. */
  public static final List<Operation> OPERATIONS =
      List.of(Operation.CHAT, Operation.COMPLETION, Operation.EMBEDDINGS);

  /** The operations whose requests are relayed without being understood, by their paths. */
  public static final Map<String, Operation> RELAYED =
      Collections.unmodifiableMap(
          new TreeMap<>(
              Map.of(
                  "/images/generations", Operation.IMAGES,
                  "/images/edits", Operation.IMAGES,
                  "/images/variations", Operation.IMAGES,
                  "/audio/speech", Operation.AUDIO,
                  "/audio/transcriptions", Operation.AUDIO,
                  "/audio/translations", Operation.AUDIO,
                  "/moderations", Operation.MODERATION,
                  "/rerank", Operation.RERANK)));

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
