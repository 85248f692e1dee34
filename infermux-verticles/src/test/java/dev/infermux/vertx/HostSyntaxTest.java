package dev.infermux.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostSyntaxTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:8080",
        "a.b-c_d~e",
        "127.0.0.1:1",
        "[::1]",
        "[::1]:80",
        "[::ffff:1.2.3.4]:65535",
        "host:",
        "%41b",
        ":80"
      })
  void name_or_address_and_perhaps_a_port(String host) {
    assertThat(HostSyntax.fits(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a/b",
        "a@b",
        "a:80:80",
        "a:8x",
        "a:123456",
        "[::1",
        "[]",
        "[::1]x",
        "[::g]",
        "::1",
        "a\u0000",
        "a\u00e9",
        "http://a",
        "a?",
        "a#",
        "[::1]:123456",
        "[::1]80"
      })
  void everything_else(String host) {
    assertThat(HostSyntax.fits(host)).isFalse();
  }
}
