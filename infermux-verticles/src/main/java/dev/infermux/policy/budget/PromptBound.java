package dev.infermux.policy.budget;

/**
 * Says how many tokens a provider may count for a prompt at most.
 *
 * <p>An estimate (four characters a token) is right on average and wrong by factors on code, on
 * scripts other than Latin and on noise, so a reservation made from one could be passed by the real
 * cost, and a limit with it. A bound cannot. The tokenizers of today's models work on bytes: each
 * token stands for at least one byte of UTF-8 (byte-level BPE; SentencePiece with byte fallback
 * falls back to one token a byte). So a text has at most as many tokens as bytes. The bytes of the
 * whole JSON body are used, not those of its texts: an escape in JSON is never shorter than the
 * bytes it stands for, the names of roles and fields go into the prompt too, and the punctuation
 * around a message ({@code {"role":"user","content":""}}, 28 bytes) outweighs the handful of tokens
 * by which a chat template separates messages. What templates add once is covered by {@link
 * #TEMPLATE_TOKENS}: the longest preamble known is some 350 tokens, which Anthropic puts before
 * tools.
 *
 * <p>An image is counted by its size, not by its bytes: it is taken at {@link #IMAGE_TOKENS}. What
 * a body merely names (files, audio, searches that the provider makes by itself) has no bound that
 * a gateway could know: it counts as an image each, and a cost above that is settled as it comes.
 *
 * <p>The bound is about four times what an English prompt costs, for the time of the call only: it
 * goes with the reservation, and is reduced as soon as a provider has said how large the prompt
 * was.
 */
public final class PromptBound {

  /** What a provider puts before a prompt on its own account. */
  public static final long TEMPLATE_TOKENS = 512;

  /** The dearest image of a model in the price list: gpt-4o-mini at 2048 × 768 in high detail. */
  public static final long IMAGE_TOKENS = 48_170;

  private PromptBound() {}

  /**
   * Tokens that no provider's count will exceed.
   *
   * @param bodyBytes bytes of the JSON body, without the data of inline attachments
   * @param attachments images and other parts that are not text
   */
  public static long tokens(long bodyBytes, long attachments) {
    return bodyBytes + TEMPLATE_TOKENS + attachments * IMAGE_TOKENS;
  }
}
