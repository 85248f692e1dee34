package dev.infermux.mist.transport;

import java.io.IOException;

/**
 * Takes whole lines. Only the writer thread of one {@link LineSender} calls it, and it may block.
 */
interface LineTarget {

  /** Writes the line, which ends in a line feed, or as much of it as can be. */
  void write(byte[] line) throws IOException;

  void close() throws IOException;
}
