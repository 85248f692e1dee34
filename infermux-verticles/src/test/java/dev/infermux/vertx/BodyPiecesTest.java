package dev.infermux.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.internal.buffer.BufferInternal;
import org.junit.jupiter.api.Test;

final class BodyPiecesTest {

  private static ByteBuf piece(int length, int value) {
    ByteBuf direct = Unpooled.directBuffer(length);
    for (int i = 0; i < length; i++) {
      direct.writeByte(value);
    }
    return BodyPieces.copied(direct);
  }

  @Test
  void an_array_is_used_again_once_it_was_given_back_and_not_before() {
    ByteBuf first = piece(16_000, 1);
    ByteBuf second = piece(16_000, 2);
    byte[] array = first.array();
    assertThat(first.getByte(15_999)).isEqualTo((byte) 1);
    assertThat(second.array()).isNotSameAs(array);

    BodyPieces.giveBack(BufferInternal.buffer(first));
    ByteBuf third = piece(5_000, 3);

    assertThat(third.array()).isSameAs(array);
    assertThat(third.readableBytes()).isEqualTo(5_000);
    assertThat(third.getByte(4_999)).isEqualTo((byte) 3);
    assertThat(second.getByte(0)).isEqualTo((byte) 2);
  }

  @Test
  void what_is_short_has_an_array_of_its_length() {
    assertThat(piece(100, 1).array()).hasSize(100);
    assertThat(piece(70_000, 1).array()).hasSize(70_000);
  }
}
