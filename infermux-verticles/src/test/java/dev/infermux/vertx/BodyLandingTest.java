package dev.infermux.vertx;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BodyLandingTest {

  private final BodyLanding landing = new BodyLanding();

  @Test
  void pieces_of_a_body_lie_in_one_array_of_its_length() {
    begin("10");

    ByteBuf first = take("abcd");
    ByteBuf second = take("ef");
    ByteBuf third = take("ghij");

    assertThat(first.array()).isEqualTo("abcdefghij".getBytes(US_ASCII));
    assertThat(second.array()).isSameAs(first.array());
    assertThat(third.array()).isSameAs(first.array());
    assertThat(text(first) + text(second) + text(third)).isEqualTo("abcdefghij");
    assertThat(third.arrayOffset() + third.readerIndex()).isEqualTo(6);
  }

  @Test
  void head_is_believed_once_a_quarter_has_come() {
    begin("40");
    assertThat(take("abcdefghi").array()).hasSize(9);
    assertThat(take("jklmnopqrstuvwxyz").array()).hasSize(17);

    begin("40");
    assertThat(take("abcdefghij").array()).hasSize(40);
  }

  @Test
  void body_that_is_whole_at_once_has_an_array_of_its_own() {
    begin("4");

    assertThat(take("abcd").array()).hasSize(4);
    assertThat(take("more").array()).isEqualTo("more".getBytes(US_ASCII));
  }

  @Test
  void body_of_unknown_length_or_a_very_long_one_is_copied_piece_by_piece() {
    begin(null);
    assertThat(take("abcd").array()).hasSize(4);

    begin(Integer.toString((256 << 10) + 1));
    assertThat(take("x".repeat(200 << 10)).array()).hasSize(200 << 10);
  }

  @Test
  void next_request_has_an_array_of_its_own() {
    begin("6");
    ByteBuf before = take("abc");
    begin("6");
    ByteBuf after = take("xyz");

    assertThat(after.array()).isNotSameAs(before.array());
    assertThat(text(before)).isEqualTo("abc");
  }

  private void begin(@Nullable String length) {
    var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
    if (length != null) {
      request.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
    }
    landing.begin(request);
  }

  private ByteBuf take(String piece) {
    ByteBuf direct = Unpooled.directBuffer().writeBytes(piece.getBytes(US_ASCII));
    try {
      return landing.take(direct);
    } finally {
      direct.release();
    }
  }

  private static String text(ByteBuf bytes) {
    return bytes.toString(US_ASCII);
  }
}
