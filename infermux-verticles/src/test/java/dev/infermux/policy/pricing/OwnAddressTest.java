package dev.infermux.policy.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.1",
        "192.168.1.20",
        "169.254.1.1",
        "::1",
        "[::1]",
        "fd00::12",
        "[fe80::1]",
        "vllm",
        "gpu.local",
        "host.docker.internal"
      })
  void private_addresses_are_the_operators_own(String host) {
    assertThat(OwnAddress.is(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.32.0.1",
        "11.0.0.1",
        "192.169.0.1",
        "api.example.com",
        "10.example.com",
        "2001:db8::1",
        "internal.example.com"
      })
  void public_ones_are_not(String host) {
    assertThat(OwnAddress.is(host)).isFalse();
  }
}
