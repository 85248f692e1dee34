package dev.infermux.dialect.ollama;

import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.Framing;
import dev.infermux.inference.StreamTranscript;
import dev.infermux.vertx.Buffers;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;

/** A transcript of lines, which carry nothing that ties them to the stream they are of. */
final class OllamaTranscript implements StreamTranscript {

  private final StringBuilder text = new StringBuilder();
  private boolean plain = true;

  @Override
  public String text() {
    return plain ? text.toString() : "";
  }

  @Override
  public void read(Buffer events) {
    FrameSplitter lines = Framing.NDJSON.splitter(this::note);
    ByteBuf bytes = Buffers.onHeap(events);
    int from = bytes.arrayOffset() + bytes.readerIndex();
    lines.feed(bytes.array(), from, from + bytes.readableBytes());
    lines.end();
  }

  @Override
  public Buffer fit(Buffer events) {
    read(events);
    return events;
  }

  private void note(Frame line) {
    OllamaObject object = OllamaObject.read(line.data(), line.dataFrom(), line.dataTo());
    text.append(object.text().decoded());
    plain &= object.calls().isEmpty();
  }
}
