package dev.infermux.dialect.chat;

/** Why an answer ends. */
public enum FinishReason {
  /** It is finished. */
  STOP,
  /** A stop sequence of the caller's came. */
  STOP_SEQUENCE,
  /** It reached the longest length. */
  LENGTH,
  /** It waits for tools. */
  TOOL_CALLS,
  /** It was filtered, or the model declines. */
  REFUSED,
  /** It was interrupted and goes on if it is sent back. */
  PAUSED
}
