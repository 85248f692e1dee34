package dev.infermux.operations;

import dev.infermux.memory.AsciiText;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Fields one after the other in a buffer; {@link #fit} says whether all of them are in it. */
final class CallFields {

  private final ByteBuffer buffer;
  private boolean fit = true;

  CallFields(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /** Whether all that was written is in the buffer. */
  boolean fit() {
    return fit;
  }

  CallFields number(long value) {
    fit &= buffer.remaining() >= Long.BYTES;
    if (fit) {
      buffer.putLong(value);
    }
    return this;
  }

  CallFields flag(boolean value) {
    return number(value ? 1 : 0);
  }

  CallFields text(String text) {
    fit = fit && AsciiText.put(text, buffer);
    return this;
  }

  CallFields textOrNull(@Nullable String text) {
    return text == null ? flag(false) : flag(true).text(text);
  }

  long number() {
    return buffer.getLong();
  }

  boolean flag() {
    return number() == 1;
  }

  String text() {
    return AsciiText.get(buffer);
  }

  @Nullable String textOrNull() {
    return flag() ? text() : null;
  }
}
