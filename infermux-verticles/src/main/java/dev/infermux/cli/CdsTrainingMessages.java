package dev.infermux.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** HTTP messages one after another on a connection, by hand: a client would join the archive. */
final class CdsTrainingMessages implements AutoCloseable {

  private static final String LENGTH = "content-length:";
  private static final String CHUNKED = "transfer-encoding: chunked";
  private static final int HEX = 16;

  private final InputStream in;

  CdsTrainingMessages(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** Reads a message to its end; false where the connection has ended instead. */
  boolean next() throws IOException {
    String line = line();
    if (line.isEmpty()) {
      return false;
    }
    long length = 0;
    boolean chunked = false;
    while (!line.isEmpty()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith(LENGTH)) {
        length = Long.parseLong(header.substring(LENGTH.length()).trim());
      }
      chunked |= header.equals(CHUNKED);
      line = line();
    }
    if (chunked) {
      skipChunks();
    } else {
      in.skipNBytes(length);
    }
    return true;
  }

  private void skipChunks() throws IOException {
    long size = Long.parseLong(line(), HEX);
    while (size > 0) {
      in.skipNBytes(size);
      line();
      size = Long.parseLong(line(), HEX);
    }
    line();
  }

  /** Up to the end of the line; empty at the end of all. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      if (next != '\r') {
        line.append((char) next);
      }
      next = in.read();
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** A request as it goes over the wire. */
  static byte[] request(String target, String body, String... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Type: application/json\r\nContent-Length: ").append(bytes.length);
    return head.append("\r\n\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
  }
}
