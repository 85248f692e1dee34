package dev.infermux.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyServerTest {

  @ParameterizedTest
  @CsvSource({
    "http://proxy:3128, proxy, 3128, HTTP",
    "http://proxy:3128/, proxy, 3128, HTTP",
    "HTTP://proxy.corp, proxy.corp, 80, HTTP",
    "proxy.corp:8080, proxy.corp, 8080, HTTP",
    "10.0.0.1:8080, 10.0.0.1, 8080, HTTP",
    "http://[fd00::1]:3128, fd00::1, 3128, HTTP",
    "socks5://proxy, proxy, 1080, SOCKS5",
    "socks5h://proxy:9050, proxy, 9050, SOCKS5",
  })
  void a_url_names_a_proxy_as_curl_reads_it(String url, String host, int port, ProxyType type) {
    ProxyOptions options = ProxyServer.parse(url, "x").orElseThrow().options();

    assertThat(options.getHost()).isEqualTo(host);
    assertThat(options.getPort()).isEqualTo(port);
    assertThat(options.getType()).isEqualTo(type);
    assertThat(options.getUsername()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://me:s3cret@proxy:3128, me, s3cret",
    "me:s3cret@proxy:3128, me, s3cret",
    "http://me:p%40ss%2Fw@proxy:3128, me, p@ss/w",
    "http://me:p@ss@proxy:3128, me, p@ss",
    "http://me:a+b@proxy:3128, me, a+b",
    "http://DOMAIN%5Cme:x@proxy:3128, DOMAIN\\me, x",
    "http://me@proxy:3128, me, ''",
  })
  void credentials_are_decoded_and_never_shown(String url, String user, String password) {
    ProxyServer proxy = ProxyServer.parse(url, "HTTPS_PROXY").orElseThrow();

    assertThat(proxy.options().getUsername()).isEqualTo(user);
    assertThat(proxy.options().getPassword()).isEqualTo(password);
    assertThat(proxy).hasToString("proxy:3128 (HTTPS_PROXY)");
  }

  @Test
  void its_url_reads_as_the_same_proxy() {
    ProxyServer proxy = ProxyServer.parse("http://m+e:p%40s s@[fd00::1]:3128", "x").orElseThrow();

    assertThat(ProxyServer.parse(proxy.url(), "x")).contains(proxy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://proxy:3128",
        "ftp://proxy",
        "http://",
        "http://proxy:0",
        "http://proxy:70000",
        "http://proxy:x",
        "http://proxy/path",
        "http://me:%zz@proxy",
        "http://fd00::1:3128",
        "two words",
      })
  void what_is_no_proxy_is_not_read_as_one(String url) {
    assertThat(ProxyServer.parse(url, "x")).isEmpty();
  }
}
