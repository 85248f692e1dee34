package dev.infermux.tokentrace.otlp;

import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** One export, of spans that are encoded already. */
final class SpanMessage implements MessageWriter {
  private final byte[] head;
  private final List<byte[]> spans;

  /**
   * @param head what stands before the first
   */
  SpanMessage(byte[] head, List<byte[]> spans) {
    this.head = head;
    this.spans = spans;
  }

  /** The length of spans in all. */
  static int length(List<byte[]> spans) {
    int length = 0;
    for (byte[] span : spans) {
      length += span.length;
    }
    return length;
  }

  @Override
  public void writeMessage(OutputStream output) throws IOException {
    output.write(head);
    for (byte[] span : spans) {
      output.write(span);
    }
  }

  @Override
  public int getContentLength() {
    return head.length + length(spans);
  }
}
