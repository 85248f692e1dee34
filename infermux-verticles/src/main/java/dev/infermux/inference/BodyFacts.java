package dev.infermux.inference;

/**
 * What one scan of a request body found: the facts routing needs and where the few fields stand
 * that may have to be rewritten. Offsets index the body; -1 means that the field is absent.
 *
 * @param model the {@code model} field; empty when absent or empty
 * @param modelFrom first byte of the model's value, its quote included
 * @param modelTo byte after the model's value
 * @param maxTokens the larger of {@code max_completion_tokens} and {@code max_tokens}, since a
 *     provider may know only one of them; -1 when neither is given, or 0 in a chat
 * @param choices {@code n}; 1 when not given
 * @param bestOf {@code best_of} of a legacy completion; 1 when not given
 * @param prompts how many prompts a legacy completion has, each with completions of its own; else 1
 * @param predictionBytes what {@code prediction} takes of the body; tokens of it that the answer
 *     does not use are paid for as completion
 * @param textLength characters of prompt text, for estimates
 * @param attachments images, sounds and files among the messages
 * @param attachmentBytes what those take of the body
 */
public record BodyFacts(
    String model,
    int modelFrom,
    int modelTo,
    boolean stream,
    StreamOptions streamOptions,
    long maxTokens,
    long choices,
    long bestOf,
    long prompts,
    int predictionBytes,
    long textLength,
    int attachments,
    int attachmentBytes) {

  /** An estimate: four characters a token, rounded up. */
  public long promptTokens() {
    return (textLength + 3) / 4;
  }

  /** Completions that are paid for, shown or not. */
  public long billedChoices() {
    long each = Math.max(choices, bestOf);
    return each > Long.MAX_VALUE / prompts ? Long.MAX_VALUE : each * prompts;
  }

  /**
   * Where {@code stream_options} stands.
   *
   * @param from first byte of its value
   * @param to byte after its value
   * @param includeUsage what {@code include_usage} says
   * @param includeFrom first byte of {@code include_usage}'s value
   * @param includeTo byte after it
   * @param empty whether the object has no field
   */
  public record StreamOptions(
      int from, int to, boolean includeUsage, int includeFrom, int includeTo, boolean empty) {

    public static final StreamOptions ABSENT = new StreamOptions(-1, -1, false, -1, -1, true);
  }
}
