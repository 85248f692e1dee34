package dev.infermux.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

class BindFailureTest {

  @Test
  void advice_fits_the_reason_and_names_what_sets_the_address() {
    assertThat(failed(new BindException("Address already in use")))
        .isEqualTo(
            "cannot listen on :80: Address already in use (stop what uses the address, or choose"
                + " another one with --listen)");
    assertThat(failed(new SocketException("Permission denied")))
        .endsWith(
            "(give the process CAP_NET_BIND_SERVICE, or choose a port from 1024 on with --listen)");
    assertThat(failed(new BindException("Cannot assign requested address")))
        .endsWith("(choose an address of this machine with --listen)");
    assertThat(failed(new UnresolvedAddressException()))
        .startsWith("cannot listen on :80: UnresolvedAddressException (choose an address of");
  }

  private static String failed(Exception cause) {
    return BindFailure.of(":80", "--listen", cause).text();
  }
}
