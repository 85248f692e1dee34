package dev.infermux.estimation;

import dev.infermux.inference.PromptVisitor;
import dev.infermux.inference.RequestBody;

/**
 * Counts the tokens of one request's prompt.
 *
 * <p>The counting happens on an event loop, so only the first {@link #MOST_COUNTED} bytes are put
 * through the tokenizer; the rest is taken to be as dense as they are. A token stands for at least
 * one byte, so the estimate never exceeds what a budget reserves for the prompt.
 */
final class PromptTokens implements PromptVisitor {

  /** Half a millisecond of work for prose, two for text without a single space. */
  static final int MOST_COUNTED = 4_096;

  /** What OpenAI puts around each message, its role included, and before the answer. */
  private static final int AROUND_MESSAGE = 4;

  private static final int BEFORE_ANSWER = 3;

  /** A square of 1024 pixels in full detail; what is attached is not looked at. */
  private static final int ATTACHMENT = 765;

  private final Tokenizer tokenizer;
  private long tokens;
  private long counted;
  private long countedTokens;
  private long uncounted;

  private PromptTokens(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The tokens in a body. */
  static long count(RequestBody body, Tokenizer tokenizer) {
    PromptTokens prompt = new PromptTokens(tokenizer);
    body.visitPrompt(prompt);
    return prompt.total() + (long) ATTACHMENT * body.facts().attachments();
  }

  private long total() {
    long rest = counted == 0 ? 0 : uncounted * countedTokens / counted;
    return tokens + countedTokens + rest;
  }

  @Override
  public int room() {
    return (int) Math.max(0, MOST_COUNTED - counted);
  }

  @Override
  public void chat() {
    tokens += BEFORE_ANSWER;
  }

  @Override
  public void message() {
    tokens += AROUND_MESSAGE;
  }

  @Override
  public void name() {
    tokens++;
  }

  @Override
  public void token() {
    tokens++;
  }

  @Override
  public void text(String text, int read, int left) {
    counted += read;
    uncounted += left;
    countedTokens += tokenizer.count(text);
  }
}
