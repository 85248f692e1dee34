package dev.infermux.dialect.chat;

import java.util.List;

/** One participant's part of a conversation. Results of tools are parts of the user's turns. */
public record Turn(Role role, List<ContentPart> parts) {

  public Turn {
    parts = List.copyOf(parts);
  }

  /** Who speaks. */
  public enum Role {
    /** The program, to the model: {@code system} and {@code developer}. */
    SYSTEM,
    USER,
    ASSISTANT
  }
}
