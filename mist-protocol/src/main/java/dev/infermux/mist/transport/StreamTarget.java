package dev.infermux.mist.transport;

import java.io.IOException;
import java.io.OutputStream;

/** Writes lines to a stream that other code owns: flushes it, and never closes it. */
record StreamTarget(OutputStream stream) implements LineTarget {

  @Override
  public void write(byte[] line) throws IOException {
    stream.write(line);
    stream.flush();
  }

  @Override
  public void close() throws IOException {
    stream.flush();
  }
}
