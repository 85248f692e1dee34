package dev.infermux.vertx;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits in Vert.x when a connection ends is garbage, and nothing that had to be released. */
class HeapContentTest {

  private final ByteBuf direct = Unpooled.directBuffer().writeBytes("piece".getBytes(US_ASCII));
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
              HeapContent.pass(context, message);
            }
          });

  @AfterEach
  void close() {
    assertThat(direct.refCnt()).isZero();
    channel.finishAndReleaseAll();
  }

  @Test
  void piece_of_a_body() {
    channel.writeInbound(new DefaultHttpContent(direct));

    assertThat(heap(channel.readInbound())).isEqualTo("piece");
    assertThat(channel.<Object>readInbound()).isNull();
  }

  @Test
  void last_piece_of_a_body() {
    channel.writeInbound(new DefaultLastHttpContent(direct));

    assertThat(heap(channel.readInbound())).isEqualTo("piece");
    assertThat(channel.<Object>readInbound()).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  @Test
  void last_piece_with_trailers() {
    DefaultLastHttpContent last = new DefaultLastHttpContent(direct);
    last.trailingHeaders().set("X-Cost", "1");

    channel.writeInbound(last);

    LastHttpContent passed = channel.readInbound();
    assertThat(passed.trailingHeaders().get("X-Cost")).isEqualTo("1");
    assertThat(heap(passed)).isEqualTo("piece");
  }

  @Test
  void what_has_no_bytes_or_has_them_on_the_heap_passes_as_it_is() {
    direct.release();
    HttpContent onHeap = new DefaultHttpContent(Unpooled.wrappedBuffer("x".getBytes(US_ASCII)));

    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT, onHeap, "other");

    assertThat(channel.<Object>readInbound()).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat(channel.<Object>readInbound()).isSameAs(onHeap);
    assertThat(channel.<Object>readInbound()).isEqualTo("other");
  }

  private static String heap(HttpContent content) {
    assertThat(content.content().isDirect()).isFalse();
    return content.content().toString(US_ASCII);
  }
}
