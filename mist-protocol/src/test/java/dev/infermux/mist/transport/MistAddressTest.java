package dev.infermux.mist.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.mist.MistException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MistAddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://host, http://host/mist, 80, false",
    "http://host/, http://host/mist, 80, false",
    "http://host:8700, http://host:8700/mist, 8700, false",
    "http://host:8700/mist, http://host:8700/mist, 8700, false",
    "https://host/base/, https://host/base/mist, 443, true",
    "https://[::1]:9/a, https://[::1]:9/a/mist, 9, true"
  })
  void an_http_url_names_the_mist_endpoint_below_it(
      String url, String endpoint, int port, boolean tls) {
    MistAddress.Http http = (MistAddress.Http) MistAddress.parse(url);

    assertThat(http.endpoint()).isEqualTo(URI.create(endpoint));
    assertThat(http.port()).isEqualTo(port);
    assertThat(http.tls()).isEqualTo(tls);
  }

  @Test
  void a_file_url_names_a_path_and_stdio_names_none() {
    assertThat(MistAddress.parse("file:///var/log/a%20b.jsonl"))
        .isEqualTo(new MistAddress.File(Path.of("/var/log/a b.jsonl")));
    assertThat(MistAddress.parse("stdio://")).isEqualTo(new MistAddress.Stdio());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "host", "ftp://host", "http://", "http:///x", "http://u:p@host", "http://host?q",
        "http://host#f", "http://host:99999", "file://host/x", "file:///", "file:x", "stdio", "a b"
      })
  void anything_else_is_refused(String url) {
    assertThatThrownBy(() -> MistAddress.parse(url))
        .isInstanceOf(MistException.class)
        .hasMessageStartingWith("address: \"" + url + "\" (expected: http://");
  }
}
