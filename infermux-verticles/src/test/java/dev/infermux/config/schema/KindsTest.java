package dev.infermux.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inbound.ListenAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindsTest {

  @ParameterizedTest
  @CsvSource({"500ms, 500", "30s, 30000", "5m, 300000", "1h, 3600000", "7, 7000", "1.5s, 1500"})
  void durations_have_units_and_seconds_without(String text, long millis) {
    assertThat(Durations.positive().read(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "0s", "-1s", "0.1ms", "1 s", "1d", "s", "1e3", "9000h", "999999999999h"})
  void other_durations_are_refused(String text) {
    assertThat(Durations.positive().read(text)).isEmpty();
  }

  @Test
  void addresses_have_a_port_and_perhaps_a_host() {
    assertThat(ListenAddresses.listen().read(":8080")).contains(ListenAddress.everywhere(8080));
    assertThat(ListenAddresses.listen().read("127.0.0.1:80"))
        .contains(new ListenAddress("127.0.0.1", 80));
    assertThat(ListenAddresses.listen().read("[::1]:80")).contains(new ListenAddress("::1", 80));
    assertThat(ListenAddresses.listen().read("localhost:0"))
        .contains(new ListenAddress("localhost", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8080",
        ":",
        ":x",
        ":65536",
        "::1:80",
        "[::1]",
        "[::g]:80",
        "[]:80",
        "1.2.3:80",
        "1.2.3.999:80",
        "a b:80",
        "http://h:80",
        ":-1"
      })
  void other_addresses_are_refused(String text) {
    assertThat(ListenAddresses.listen().read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {":8080", "127.0.0.1:8080", "[::1]:8080"})
  void an_address_prints_as_it_was_written(String text) {
    assertThat(ListenAddresses.listen().read(text).orElseThrow()).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.openai.com/v1",
        "http://localhost:11434",
        "http://10.0.0.7:8000/a/b?c=d",
        "http://[::1]:80",
        "https://h/a@b",
        "HTTPS://h",
        "http://1.2.3.4.example.com"
      })
  void urls_of_http_are_taken(String text) {
    assertThat(ServiceUrls.http().read(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.openai.com",
        "ftp://h",
        "file:///etc/passwd",
        "http://",
        "http:///v1",
        "http://u:p@h",
        "http://u@h",
        "http://h#f",
        "http://h:0",
        "http://h:99999",
        "http://a b",
        "http://169.254.169.254/latest",
        "http://169.254.0.1",
        "http://[fe80::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[fd00:ec2::254]/",
        "http://metadata.google.internal/",
        "http://METADATA.google.internal./",
        "http://2852039166/",
        "http://0xA9FEA9FE/",
        "http://169.254.43518/",
        "http://0251.0376.0251.0376/"
      })
  void other_urls_are_refused(String text) {
    assertThat(ServiceUrls.http().read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10.00", "0.000000001", "9000000000", "1.0000000000"})
  void money_is_exact_to_the_nano_dollar(String text) {
    assertThat(Numbers.usd().read(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "1e3", "1,00", "0.0000000001", "9000000001", "NaN", "", "$5", "0x10"})
  void other_money_is_refused(String text) {
    assertThat(Numbers.usd().read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "2147483648", "99999999999999999999", "1_000", "", "0"})
  void whole_numbers_are_whole_and_in_range(String text) {
    assertThat(Numbers.whole(1).read(text)).isEmpty();
  }
}
