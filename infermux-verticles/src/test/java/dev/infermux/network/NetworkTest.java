package dev.infermux.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.testing.TestTls;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  private static final String TLS = "https://api.provider.test/v1";
  private static final String PLAIN = "http://api.provider.test/v1";

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY, https://api.provider.test",
    "https_proxy, https://api.provider.test",
    "HTTP_PROXY, http://api.provider.test",
    "http_proxy, http://api.provider.test",
    "ALL_PROXY, https://api.provider.test",
    "all_proxy, http://api.provider.test",
  })
  void a_variable_names_the_proxy_of_its_scheme(String variable, String peer) {
    Network network = network(Map.of(variable, "http://proxy:3128"));

    assertThat(proxy(network, peer)).hasToString("proxy:3128 (" + variable + ")");
  }

  @Test
  void the_other_scheme_has_another_proxy_or_none() {
    Network network = network(Map.of("HTTPS_PROXY", "p:1"));

    assertThat(proxy(network, PLAIN)).isNull();
  }

  @Test
  void capitals_win_and_an_empty_variable_is_none() {
    assertThat(proxy(network(Map.of("HTTPS_PROXY", "a:1", "https_proxy", "b:1")), TLS))
        .hasToString("a:1 (HTTPS_PROXY)");
    assertThat(proxy(network(Map.of("HTTPS_PROXY", "", "https_proxy", "b:1")), TLS))
        .hasToString("b:1 (https_proxy)");
    assertThat(proxy(network(Map.of("HTTPS_PROXY", "")), TLS)).isNull();
  }

  @Test
  void the_key_wins_over_the_environment_and_that_over_the_jvm() {
    Map<String, String> environment = Map.of("HTTPS_PROXY", "env:1");
    Map<String, String> jvm = Map.of("https.proxyHost", "jvm", "https.proxyPort", "2");
    ProxyServer own = ProxyServer.parse("own:3", "providers[].proxy").orElseThrow();

    assertThat(network(environment, jvm).reach(URI.create(TLS), options(own)).proxy())
        .isEqualTo(own);
    assertThat(proxy(network(environment, jvm), TLS)).hasToString("env:1 (HTTPS_PROXY)");
    assertThat(proxy(network(Map.of(), jvm), TLS)).hasToString("jvm:2 (https.proxyHost)");
  }

  @Test
  void no_proxy_holds_against_environment_and_jvm_but_not_against_the_key() {
    Map<String, String> environment = Map.of("HTTPS_PROXY", "env:1", "no_proxy", "provider.test");
    Map<String, String> jvm = Map.of("https.proxyHost", "jvm");
    ProxyServer own = ProxyServer.parse("own:3", "providers[].proxy").orElseThrow();

    assertThat(proxy(network(environment, jvm), TLS)).isNull();
    assertThat(network(environment, jvm).reach(URI.create(TLS), options(own)).proxy())
        .isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.provider.test, https.proxyHost, 443",
    "http://api.provider.test, http.proxyHost, 80",
  })
  void the_jvms_properties_have_its_own_default_ports(String peer, String property, int port) {
    assertThat(proxy(network(Map.of(), Map.of(property, "p.corp")), peer))
        .hasToString("p.corp:" + port + " (" + property + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.provider.test", "*.provider.test", "a|api.*", "API.PROVIDER.TEST"})
  void hosts_that_the_jvm_exempts_are_reached_directly(String pattern) {
    Map<String, String> jvm =
        Map.of("https.proxyHost", "jvm", "http.nonProxyHosts", "localhost|" + pattern);

    assertThat(proxy(network(Map.of(), jvm), TLS)).isNull();
    assertThat(proxy(network(Map.of(), jvm), "https://elsewhere.test")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost:8443",
        "http://127.0.0.1:11434",
        "http://127.9.9.9",
        "http://[::1]:80",
        "http://[::ffff:127.0.0.1]:80",
        "http://vllm:8000/v1",
        "http://sub.localhost",
        "http://ollama.",
      })
  void loopback_and_single_labels_are_reached_directly_whatever_is_set(String peer) {
    ProxyServer own = ProxyServer.parse("own:3", "providers[].proxy").orElseThrow();
    Map<String, String> environment =
        Map.of("HTTPS_PROXY", "p:1", "HTTP_PROXY", "p:1", "NO_PROXY", "");

    assertThat(network(environment).reach(URI.create(peer), options(own)).proxy()).isNull();
  }

  @Test
  void a_variable_that_names_no_proxy_says_so_without_its_content() {
    Network network = network(Map.of("HTTPS_PROXY", "https://me:hunter2@proxy"));

    assertThatThrownBy(() -> proxy(network, TLS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("HTTPS_PROXY: not the URL of a proxy (expected: http://host:port")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void the_key_wins_over_ssl_cert_file() {
    Path environments = TestTls.file("ca.pem");
    Path own = Path.of("own.pem");
    Network network = network(Map.of("SSL_CERT_FILE", environments.toString()));

    assertThat(network.reach(URI.create(TLS), NetworkOptions.defaults()).caFile())
        .isEqualTo(environments);
    assertThat(network.reach(URI.create(TLS), NetworkOptions.defaults().withCaFile(own)).caFile())
        .isEqualTo(own);
  }

  @Test
  void a_client_without_tls_reads_no_certificates() {
    NetworkOptions unread = NetworkOptions.defaults().withCaFile(Path.of("/nowhere/ca.pem"));
    HttpClientOptions plain = new HttpClientOptions().setSsl(false);

    unread.applyTo(plain);

    assertThat(plain.getTrustOptions()).isNull();
    assertThatThrownBy(() -> unread.applyTo(new HttpClientOptions().setSsl(true)))
        .isInstanceOf(UnusableFile.class);
  }

  @Test
  void an_ssl_cert_file_that_cannot_be_used_is_named() {
    Network network = network(Map.of("SSL_CERT_FILE", "/nowhere/ca.pem"));

    assertThatThrownBy(() -> network.reach(URI.create(TLS), NetworkOptions.defaults()))
        .hasMessage(
            "SSL_CERT_FILE: /nowhere/ca.pem does not exist (expected: a file with PEM"
                + " certificates)");
  }

  @Test
  void for_a_peer_without_tls_an_ssl_cert_file_is_not_looked_at() {
    Network network = network(Map.of("SSL_CERT_FILE", "/nowhere/ca.pem"));
    Path own = Path.of("own.pem");

    assertThat(network.reach(URI.create("http://a.example"), NetworkOptions.defaults()).caFile())
        .isNull();
    assertThat(
            network
                .reach(URI.create("http://a.example"), NetworkOptions.defaults().withCaFile(own))
                .caFile())
        .isEqualTo(own);
  }

  private static Network network(Map<String, String> environment) {
    return network(environment, Map.of());
  }

  private static Network network(Map<String, String> environment, Map<String, String> jvm) {
    Properties properties = new Properties();
    properties.putAll(new HashMap<>(jvm));
    return Network.of(environment, properties);
  }

  private static @Nullable ProxyServer proxy(Network network, String peer) {
    return network.reach(URI.create(peer), NetworkOptions.defaults()).proxy();
  }

  private static NetworkOptions options(ProxyServer proxy) {
    return NetworkOptions.defaults().withProxy(proxy);
  }
}
