package dev.infermux.provider.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Undoes the content encoding of a stream piece by piece, although nobody asked for one. */
final class StreamDecoder {

  /** What one piece may become: as much as the longest event. */
  private static final int MOST_BYTES = 16 << 20;

  /** Of plain bytes. */
  static final StreamDecoder NONE = new StreamDecoder(null);

  private final @Nullable EmbeddedChannel inflater;

  private StreamDecoder(@Nullable EmbeddedChannel inflater) {
    this.inflater = inflater;
  }

  /** Null where it is an encoding that nobody here reads. */
  static @Nullable StreamDecoder of(@Nullable String encoding) {
    String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "identity" -> NONE;
      case "gzip", "x-gzip" -> inflating(ZlibWrapper.GZIP);
      case "deflate" -> inflating(ZlibWrapper.ZLIB_OR_NONE);
      default -> null;
    };
  }

  private static StreamDecoder inflating(ZlibWrapper wrapper) {
    return new StreamDecoder(new EmbeddedChannel(new JdkZlibDecoder(wrapper, MOST_BYTES)));
  }

  /**
   * The plain bytes of a piece; may be empty.
   *
   * @throws BodyUndecodable when it is not what its encoding says
   */
  Buffer decode(Buffer piece) {
    if (inflater == null) {
      return piece;
    }
    try {
      inflater.writeInbound(Unpooled.wrappedBuffer(piece.getBytes()));
    } catch (DecompressionException wrong) {
      throw new BodyUndecodable("a stream that is not encoded as it says");
    }
    Buffer plain = Buffer.buffer();
    for (ByteBuf part = inflater.readInbound(); part != null; part = inflater.readInbound()) {
      byte[] bytes = new byte[part.readableBytes()];
      part.readBytes(bytes);
      part.release();
      plain.appendBytes(bytes);
    }
    return plain;
  }
}
