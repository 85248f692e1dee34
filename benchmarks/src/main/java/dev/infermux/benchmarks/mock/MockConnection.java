package dev.infermux.benchmarks.mock;

import dev.infermux.benchmarks.net.MessageReader;
import dev.infermux.benchmarks.net.Needle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the mock: reads requests, writes answers, keeps one stream going. Only the
 * mock's loop touches it.
 */
final class MockConnection implements MessageReader.Handler {
  private static final Needle STREAM = new Needle("\"stream\"");
  private static final Needle USAGE = new Needle("\"include_usage\"");
  private static final long SLOW_READER_PAUSE = 1_000_000;

  private final LoadProvider mock;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final MessageReader reader = new MessageReader(this);
  private String startLine = "";
  private byte[] body = new byte[2048];
  private int bodyLength;
  private @Nullable ByteBuffer pending;
  private @Nullable MockAnswers stream;
  private boolean usage;
  private int sent;
  private long due;
  private boolean closed;

  MockConnection(LoadProvider mock, SocketChannel channel, SelectionKey key) {
    this.mock = mock;
    this.channel = channel;
    this.key = key;
  }

  /** When the stream's next event is to be written, in {@link System#nanoTime()}. */
  long due() {
    return due;
  }

  boolean streaming() {
    return stream != null;
  }

  void ready(ByteBuffer scratch) {
    try {
      if (key.isWritable()) {
        flush();
      }
      if (!closed && key.isReadable()) {
        int length = channel.read(scratch.clear());
        if (length < 0) {
          close();
        } else {
          reader.feed(scratch.array(), scratch.arrayOffset(), length);
        }
      }
    } catch (IOException | IllegalStateException e) {
      close();
    }
  }

  @Override
  public void head(MessageReader message) {
    startLine = message.startLine();
    bodyLength = 0;
  }

  @Override
  public void body(byte[] bytes, int from, int length) {
    if (bodyLength + length > body.length) {
      body = Arrays.copyOf(body, Math.max(body.length * 2, bodyLength + length));
    }
    System.arraycopy(bytes, from, body, bodyLength, length);
    bodyLength += length;
  }

  @Override
  public void end() {
    if (!startLine.startsWith("POST ")) {
      write(mock.get(startLine));
    } else if (startLine.startsWith("POST /v1/traces")) {
      write(mock.spans(body, bodyLength));
    } else if (startLine.startsWith("POST /mock/")) {
      write(mock.change(startLine));
    } else if (isTrue(STREAM)) {
      beginStream(mock.answers());
    } else {
      mock.counts().answers++;
      write(mock.answers().answer());
    }
  }

  private boolean isTrue(Needle name) {
    int at = name.after(body, bodyLength);
    while (at >= 0 && at < bodyLength && (body[at] == ':' || body[at] == ' ')) {
      at++;
    }
    return at >= 0 && at < bodyLength && body[at] == 't';
  }

  private void beginStream(MockAnswers answers) {
    mock.counts().streamsOpen++;
    stream = answers;
    usage = isTrue(USAGE);
    sent = 0;
    schedule(System.nanoTime() + answers.settings().firstTokenMillis() * 1_000_000L);
  }

  /** Writes the next event of the stream. */
  void onDue(long now) {
    MockAnswers answers = stream;
    if (answers == null) {
      return;
    }
    if (pending != null) {
      schedule(now + SLOW_READER_PAUSE);
      return;
    }
    if (sent == 0) {
      write(answers.streamHead());
    }
    write(answers.event(sent == 0, System.nanoTime()));
    mock.counts().events++;
    sent++;
    if (closed) {
      return;
    }
    if (sent < answers.settings().events()) {
      schedule(Math.max(due + answers.settings().intervalMillis() * 1_000_000L, now));
    } else {
      endStream(answers);
    }
  }

  private void endStream(MockAnswers answers) {
    stream = null;
    mock.counts().streamsOpen--;
    mock.counts().streamsEnded++;
    write(answers.streamEnd(usage));
  }

  private void schedule(long nanos) {
    due = nanos;
    mock.schedule(this);
  }

  private void write(ByteBuffer bytes) {
    try {
      if (pending == null) {
        channel.write(bytes);
      }
      if (bytes.hasRemaining()) {
        keep(bytes);
      }
    } catch (IOException e) {
      close();
    }
  }

  private void keep(ByteBuffer rest) {
    int before = pending == null ? 0 : pending.remaining();
    ByteBuffer joined = ByteBuffer.allocate(before + rest.remaining());
    if (pending != null) {
      joined.put(pending);
    }
    pending = joined.put(rest).flip();
    key.interestOpsOr(SelectionKey.OP_WRITE);
  }

  private void flush() throws IOException {
    if (pending != null) {
      channel.write(pending);
      if (pending.hasRemaining()) {
        return;
      }
      pending = null;
    }
    key.interestOpsAnd(~SelectionKey.OP_WRITE);
  }

  void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (stream != null) {
      stream = null;
      mock.counts().streamsOpen--;
      mock.counts().streamsAborted++;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket that cannot be closed", e);
    }
  }
}
