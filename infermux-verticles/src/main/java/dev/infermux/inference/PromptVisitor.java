package dev.infermux.inference;

/** Takes the parts of a prompt in the order in which they stand in a body. */
public interface PromptVisitor {

  /** How many more bytes of text are of interest; the rest is only measured. */
  int room();

  /** The prompt is a chat, whose answer the provider opens. */
  void chat();

  /** A message of a chat begins. */
  void message();

  /** The text that follows is a participant's or a tool's name. */
  void name();

  /** A prompt given as numbers: one token. */
  void token();

  /**
   * A text, or JSON that counts as text.
   *
   * @param text what stands in the first {@code read} bytes
   * @param left bytes after those, which {@link #room()} left out
   */
  void text(String text, int read, int left);
}
