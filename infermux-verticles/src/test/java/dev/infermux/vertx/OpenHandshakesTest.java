package dev.infermux.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class OpenHandshakesTest {

  private final OpenHandshakes open = new OpenHandshakes(2);

  @Test
  void one_too_many_ends_the_one_that_has_taken_longest() {
    EmbeddedChannel first = begun();
    EmbeddedChannel second = begun();
    assertThat(first.isOpen()).isTrue();

    EmbeddedChannel third = begun();

    assertThat(first.isOpen()).isFalse();
    assertThat(second.isOpen()).isTrue();
    assertThat(third.isOpen()).isTrue();
  }

  @Test
  void those_that_are_over_count_no_longer() {
    EmbeddedChannel first = begun();
    for (int i = 0; i < 10; i++) {
      open.over(begun());
    }

    assertThat(first.isOpen()).isTrue();
  }

  private EmbeddedChannel begun() {
    EmbeddedChannel channel = new EmbeddedChannel();
    open.begun(channel);
    return channel;
  }
}
