package dev.infermux.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1, /v1/chat/completions",
    "https://api.openai.com/v1/, /v1/chat/completions",
    "https://api.openai.com, /v1/chat/completions",
    "https://api.openai.com/, /chat/completions",
    "http://h/?region=eu, /chat/completions?region=eu",
    "http://h/proxy//v1//, /proxy/v1/chat/completions",
    "http://h/openai/v4, /openai/v4/chat/completions",
    "http://h/a%2Fb/v1, /a%2Fb/v1/chat/completions",
    "http://h/v1?region=eu&x=%20, /v1/chat/completions?region=eu&x=%20",
    "http://h?region=eu, /v1/chat/completions?region=eu"
  })
  void paths_join_by_segments_and_keep_the_query(String base, String target) {
    assertThat(BaseUrl.of(URI.create(base), "/v1").target("/chat/completions")).isEqualTo(target);
  }

  @Test
  void ports_follow_the_scheme() {
    assertThat(BaseUrl.of(URI.create("https://h/v1"), "").port()).isEqualTo(443);
    assertThat(BaseUrl.of(URI.create("http://h/v1"), "").port()).isEqualTo(80);
    assertThat(BaseUrl.of(URI.create("HTTP://h:8080"), "").port()).isEqualTo(8080);
  }

  @Test
  void an_ipv6_host_keeps_its_brackets_in_the_header_alone() {
    BaseUrl url = BaseUrl.of(URI.create("http://[::1]:8080/v1"), "/v1");

    assertThat(url.host()).isEqualTo("[::1]");
    assertThat(url.server().host()).isEqualTo("::1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://h/v1", "/v1", "infermux:echo", "http:///v1"})
  void anything_but_http_and_a_host_is_refused(String base) {
    assertThatThrownBy(() -> BaseUrl.of(URI.create(base), "/v1"))
        .hasMessageContaining("expected: http:// or https:// and a host");
  }
}
