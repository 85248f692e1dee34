package dev.infermux.inference;

/**
 * What one scan of a request body found: the facts that routing, budgets and estimates need.
 *
 * @param model the model's name; empty when absent or empty
 * @param showsUsage whether the caller asked to see a stream's usage
 * @param maxTokens the longest completion that is allowed; where a body has several maxima the
 *     larger, since a provider may know only one of them; -1 when none is given
 * @param choices how many answers are wanted; 1 when not given
 * @param bestOf how many a legacy completion is chosen from; 1 when not given
 * @param prompts how many prompts a legacy completion has, each with completions of its own; else 1
 * @param predictionBytes what a predicted answer takes of the body; tokens of it that the answer
 *     does not use are paid for as completion
 * @param textLength characters of prompt text, for estimates
 * @param attachments images, sounds and files among the messages
 * @param attachmentBytes what the images among those take of the body
 * @param tier the service tier that is asked for; empty when none is
 */
public record BodyFacts(
    String model,
    boolean stream,
    boolean showsUsage,
    long maxTokens,
    long choices,
    long bestOf,
    long prompts,
    int predictionBytes,
    long textLength,
    int attachments,
    int attachmentBytes,
    String tier) {

  /** An estimate: four characters a token, rounded up. */
  public long promptTokens() {
    return (textLength + 3) / 4;
  }

  /** Completions that are paid for, shown or not. */
  public long billedChoices() {
    long each = Math.max(choices, bestOf);
    return each > Long.MAX_VALUE / prompts ? Long.MAX_VALUE : each * prompts;
  }

  /** The same facts for another model. */
  public BodyFacts withModel(String other) {
    return with(other, maxTokens, textLength);
  }

  /** The same facts with another maximum. */
  public BodyFacts withMaxTokens(long most) {
    return with(model, most, textLength);
  }

  /** The same facts with so many more characters of prompt text. */
  public BodyFacts withMoreText(long characters) {
    return with(model, maxTokens, textLength + characters);
  }

  private BodyFacts with(String otherModel, long most, long characters) {
    return new BodyFacts(
        otherModel,
        stream,
        showsUsage,
        most,
        choices,
        bestOf,
        prompts,
        predictionBytes,
        characters,
        attachments,
        attachmentBytes,
        tier);
  }
}
