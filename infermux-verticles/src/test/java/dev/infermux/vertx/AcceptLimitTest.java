package dev.infermux.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class AcceptLimitTest {

  private final EmbeddedChannel socket = new EmbeddedChannel(new AcceptLimit(2));

  /** Whether it is passed on. */
  private boolean passes(EmbeddedChannel accepted) {
    socket.writeInbound(accepted);
    return socket.readInbound() == accepted;
  }

  @Test
  void connections_beyond_the_limit_are_closed_until_others_end() {
    EmbeddedChannel first = new EmbeddedChannel();
    EmbeddedChannel second = new EmbeddedChannel();
    EmbeddedChannel third = new EmbeddedChannel();

    assertThat(passes(first)).isTrue();
    assertThat(passes(second)).isTrue();
    assertThat(passes(third)).isFalse();
    assertThat(third.isOpen()).isFalse();

    first.close();

    assertThat(passes(new EmbeddedChannel())).isTrue();
  }
}
