package dev.infermux.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "example.com | example.com | 443",
        "example.com | api.example.com | 443",
        ".example.com | api.example.com | 443",
        ".example.com | example.com | 443",
        "*.example.com | api.example.com | 443",
        "EXAMPLE.com | Api.Example.COM. | 443",
        "* | anything.org | 80",
        "a.org, example.com | example.com | 443",
        "a.org example.com | example.com | 443",
        ",,example.com, | example.com | 443",
        "example.com:8443 | api.example.com | 8443",
        "10.1.2.3 | 10.1.2.3 | 80",
        "10.1.2.3:80 | 10.1.2.3 | 80",
        "10.0.0.0/8 | 10.200.3.4 | 80",
        "192.168.4.0/23 | 192.168.5.9 | 80",
        "0.0.0.0/0 | 8.8.8.8 | 80",
        "fd00::/8 | [fd12:3456::1] | 80",
        "2001:db8::1 | [2001:DB8:0::1] | 80",
        "[2001:db8::1]:8080 | [2001:db8::1] | 8080",
      })
  void a_host_on_the_list_is_reached_directly(String list, String host, int port) {
    assertThat(NoProxy.of(list).covers(HostName.of(host), port)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | example.com | 443",
        "example.com | badexample.com | 443",
        "example.com | example.com.evil.org | 443",
        "api.example.com | example.com | 443",
        "example.com:8443 | example.com | 443",
        "10.0.0.0/8 | 11.0.0.1 | 80",
        "10.0.0.0/8 | ten.example.com | 80",
        "192.168.4.0/23 | 192.168.6.1 | 80",
        "10.0.0.0/99 | 10.0.0.1 | 80",
        "10.0.0.0/x | 10.0.0.1 | 80",
        "3.4 | 1.2.3.4 | 80",
        "fd00::/8 | 10.0.0.1 | 80",
        "[2001:db8::1]:8080 | [2001:db8::1] | 80",
        ". | example.com | 80",
      })
  void any_other_is_not(String list, String host, int port) {
    assertThat(NoProxy.of(list).covers(HostName.of(host), port)).isFalse();
  }
}
