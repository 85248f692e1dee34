package dev.infermux.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Failure;
import dev.infermux.policy.health.HealthClassifier;
import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class LocalShortageTest {

  @Test
  void a_host_without_descriptors_or_ports_is_overloaded_and_its_provider_is_not_to_blame() {
    for (Throwable cause :
        new Throwable[] {
          new SocketException("Too many open files"),
          new ChannelException(
              "Unable to create Channel",
              new IOException(new SocketException("Too many open files"))),
          new UnknownHostException("h")
              .initCause(new SocketException("Too many open files in system")),
          new BindException("Cannot assign requested address"),
          new IOException("No buffer space available")
        }) {
      Failure failure = LocalShortage.of("up", cause);

      assertThat(failure).isInstanceOf(Failure.Overloaded.class);
      assertThat(failure.code()).isEqualTo("overloaded");
      assertThat(failure.message()).contains("provider \"up\" was not asked, since the gateway");
      assertThat(new HealthClassifier("up", true).reason(failure)).isEmpty();
    }
  }

  @Test
  void what_the_provider_does_is_no_shortage() {
    assertThat(LocalShortage.of("up", new ConnectException("Connection refused"))).isNull();
    assertThat(LocalShortage.of("up", new UnknownHostException("nowhere"))).isNull();
    assertThat(LocalShortage.of("up", new IOException())).isNull();
  }
}
