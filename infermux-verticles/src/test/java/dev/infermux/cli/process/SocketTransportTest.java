package dev.infermux.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.cli.process.SocketTransport.Kind;
import dev.infermux.vertx.EventLoops;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketTransportTest {

  @Test
  void nio_is_always_there() {
    SocketTransport found = SocketTransport.of("nio", "--transport");

    assertThat(found.kind()).isEqualTo(Kind.NIO);
    assertThat(found.shortfall()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "epoll", "io_uring"})
  void what_is_not_there_is_replaced_and_named_with_its_reason(String wanted) {
    SocketTransport found = SocketTransport.of(wanted, "--transport");

    String first = wanted.equals("auto") ? "epoll" : wanted;
    if (found.name().equals(first)) {
      assertThat(found.shortfall()).isEmpty();
    } else {
      assertThat(found.shortfall()).startsWith(first + ": ").doesNotContain("null");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "io_uring", "nio"})
  void a_vertx_says_what_carries_its_sockets(String wanted) {
    SocketTransport found = SocketTransport.of(wanted, "--transport");
    Vertx vertx = ProgramVertx.create(found.transport());
    try {
      assertThat(EventLoops.transport(vertx)).isEqualTo(found.name());
    } finally {
      vertx.close();
    }
  }

  @Test
  void another_word_is_refused_with_what_is_allowed() {
    assertThatThrownBy(() -> SocketTransport.of("kqueue", "INFERMUX_TRANSPORT"))
        .isInstanceOf(BadArguments.class)
        .hasMessage("INFERMUX_TRANSPORT: \"kqueue\" (expected: auto | epoll | io_uring | nio)");
  }
}
