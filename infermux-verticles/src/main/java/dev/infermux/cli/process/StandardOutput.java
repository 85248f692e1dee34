package dev.infermux.cli.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/**
 * Standard output. A pipe whose reader has left takes everything, as with {@code | head}; a file
 * that takes no more fails.
 */
final class StandardOutput extends FileOutputStream {

  /** Of this process, where it is {@link FileDescriptor#out}. */
  StandardOutput(FileDescriptor descriptor) {
    super(descriptor);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      super.write(bytes, from, length);
    } catch (IOException e) {
      if (isFile()) {
        throw e;
      }
    }
  }

  /** A file alone has a place that is written next. */
  private boolean isFile() {
    try {
      return getChannel().position() >= 0;
    } catch (IOException e) {
      return false;
    }
  }
}
