package dev.infermux.mist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {

  private static final String REST =
      "\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"timestamp_ns\":1,\"payload\":{}}";

  @ParameterizedTest
  @ValueSource(strings = {"version", "id", "source", "type"})
  void an_empty_an_absent_and_a_null_name_are_refused_by_name(String field) {
    for (String value : new String[] {"\"\"", "null"}) {
      assertRefused(message(field, value), field, field + ": empty (expected: a non-empty string)");
    }
    assertRefused(
        message(field, "1").replace("\"" + field + "\":1,", ""),
        field,
        field + ": empty (expected: a non-empty string)");
  }

  @ParameterizedTest
  @CsvSource({
    "one, is not an integer",
    "1.0, is not an integer",
    "'1 ', is not an integer",
    "0, is too old",
    "-7, is too old",
    "2, is too new",
    "99999999999999999999, is too new"
  })
  void a_version_that_cannot_be_read_is_refused_with_its_reason(String version, String why) {
    assertRefused(
        message("version", "\"" + version + "\""),
        "version",
        "version: \"" + version + "\" " + why + " (expected: 1)");
  }

  @Test
  void a_version_may_have_leading_zeros() {
    assertThat(read(message("version", "\"01\"")).version()).isEqualTo("01");
  }

  @ParameterizedTest
  @CsvSource({
    "id, 7, a number, a string",
    "source, true, a boolean, a string",
    "type, [], an array, a string",
    "version, 1, a number, a string",
    "timestamp_ns, '\"1\"', a string, an integer",
    "timestamp_ns, 1.0, 1.0, an integer",
    "timestamp_ns, 9223372036854775808, 9223372036854775808, "
        + "-9223372036854775808 to 9223372036854775807",
    "checksum, -1, -1, 0 to 4294967295",
    "checksum, 4294967296, 4294967296, 0 to 4294967295",
    "checksum, {}, an object, an integer"
  })
  void a_field_of_the_wrong_type_is_refused_by_name(
      String field, String value, String found, String expected) {
    assertRefused(
        message(field, value), field, field + ": " + found + " (expected: " + expected + ")");
  }

  @Test
  void a_wrong_checksum_is_refused_and_a_right_or_absent_one_accepted() {
    assertRefused(
        message("checksum", "1"),
        "checksum",
        "checksum: 1 (expected: 2745614147, the CRC-32 of payload)");
    assertThat(read(message("checksum", "2745614147")).checksum()).isEqualTo(2745614147L);
    assertThat(read(message("checksum", "0")).checksum()).isZero();
    assertThat(read(message("checksum", "null")).checksum()).isZero();
    assertThat(read("{\"version\":\"1\"," + REST).checksum()).isZero();
  }

  @Test
  void the_largest_timestamps_and_checksums_are_kept() {
    assertThat(read(message("timestamp_ns", "9223372036854775807")).timestampNanos())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(read(message("timestamp_ns", "-9223372036854775808")).timestampNanos())
        .isEqualTo(Long.MIN_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"x\"",
        "7",
        "{",
        "{}}",
        "{} {}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":1,}",
        "{\"a\":+1}",
        "{\"a\":\"\t\"}",
        "{/**/}",
        "{\"a\":.5}",
        "\u0000{}"
      })
  void what_is_not_one_strict_json_object_is_refused(String text) {
    MistException refused = refusal(text.getBytes(UTF_8));

    assertThat(refused.code()).isEqualTo(MistErrorCode.VALIDATION);
    assertThat(refused).hasMessageStartingWith("message: ").hasMessageContaining("(expected: ");
  }

  @Test
  void a_field_given_twice_is_refused() {
    assertRefused(
        "{\"version\":\"1\",\"type\":\"u\"," + REST,
        "message",
        "message: \"type\" twice (expected: each field once)");
    assertRefused(
        "{\"version\":\"1\",\"x\":1,\"x\":2," + REST,
        "message",
        "message: \"x\" twice (expected: each field once)");
  }

  @Test
  void bytes_that_are_not_utf8_are_refused_wherever_they_stand() {
    String good = message("payload", "\"....\"");
    byte[][] bad = {
      {(byte) 0xc3, '.'},
      {(byte) 0xc0, (byte) 0xaf},
      {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
      {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
      {(byte) 0xff}
    };
    for (byte[] sequence : bad) {
      byte[] message = good.getBytes(UTF_8);
      System.arraycopy(sequence, 0, message, good.indexOf("...."), sequence.length);
      assertThat(refusal(message)).hasMessageContaining("(expected: strict UTF-8)");
    }
  }

  @Test
  void other_encodings_and_byte_order_marks_are_refused() {
    String good = message("id", "\"i\"");

    assertThat(refusal(good.getBytes(StandardCharsets.UTF_16LE))).hasMessageContaining("UTF-8");
    assertThat(refusal(good.getBytes(StandardCharsets.UTF_16))).hasMessageContaining("UTF-8");
    assertThat(refusal(("\ufeff" + good).getBytes(UTF_8))).hasMessageContaining("byte order mark");
  }

  @Test
  void nesting_is_bounded() {
    assertThat(read(message("payload", "[".repeat(199) + "]".repeat(199)))).isNotNull();
    assertThat(refusal(message("payload", "[".repeat(200) + "]".repeat(200)).getBytes(UTF_8)))
        .hasMessageContaining("(expected: strict JSON)");
    assertThat(refusal("[".repeat(1_000_000).getBytes(UTF_8)).code())
        .isEqualTo(MistErrorCode.VALIDATION);
  }

  @Test
  void the_size_is_checked_before_anything_is_parsed() {
    byte[] noise = new byte[EnvelopeReader.MAX_BYTES + 1];

    assertThat(refusal(noise)).hasMessage("message: 10485761 bytes (expected: at most 10485760)");
    byte[] good = message("id", "\"i\"").getBytes(UTF_8);
    assertThatThrownBy(() -> EnvelopeReader.read(good, 0, good.length, good.length - 1))
        .hasMessageContaining("at most " + (good.length - 1));
    assertThat(EnvelopeReader.read(good, 0, good.length, good.length).id()).isEqualTo("i");
  }

  @Test
  void a_message_of_exactly_the_limit_with_one_long_string_is_read() {
    int overhead = message("payload", "\"\"").length();
    String text = "x".repeat(EnvelopeReader.MAX_BYTES - overhead);

    Envelope read = read(message("payload", "\"" + text + "\""));

    assertThat(read.payload().json()).hasSize(text.length() + 2);
  }

  @Test
  void a_message_inside_a_larger_array_is_read_alone() {
    byte[] good = message("payload", "{\"a\": [1, 2]}").getBytes(UTF_8);
    byte[] array = new byte[good.length + 20];
    Arrays.fill(array, (byte) '}');
    System.arraycopy(good, 0, array, 7, good.length);

    Envelope read = EnvelopeReader.read(array, 7, good.length);

    assertThat(new String(read.payload().json(), UTF_8)).isEqualTo("{\"a\": [1, 2]}");
  }

  @Test
  void an_absent_payload_reads_as_null() {
    String message = message("payload", "1").replace("\"payload\":1,", "");

    assertThat(new String(read(message).payload().json(), UTF_8)).isEqualTo("null");
  }

  @Test
  void a_refusal_never_repeats_control_characters_or_long_values() {
    MistException refused =
        refusal(message("version", "\"\\u001b[31m" + "v".repeat(500) + "\"").getBytes(UTF_8));

    assertThat(refused.getMessage()).hasSizeLessThan(120).doesNotContain("\u001b");
  }

  /** A good message whose one field has the given JSON. */
  private static String message(String field, String json) {
    String all =
        "{\"version\":\"1\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"timestamp_ns\":1,"
            + "\"payload\":{},\"checksum\":0,\"own\":null}";
    String name = "\"" + field + "\":";
    int start = all.indexOf(name) + name.length();
    int end = all.indexOf(",\"", start);
    return all.substring(0, start) + json + all.substring(end);
  }

  private static Envelope read(String message) {
    return EnvelopeReader.read(message.getBytes(UTF_8));
  }

  private static MistException refusal(byte[] message) {
    return catchThrowableOfType(MistException.class, () -> EnvelopeReader.read(message));
  }

  private static void assertRefused(String message, String field, String text) {
    MistException refused = refusal(message.getBytes(UTF_8));
    assertThat(refused).hasMessage(text);
    assertThat(refused.field()).isEqualTo(field);
    assertThat(refused.code()).isEqualTo(MistErrorCode.VALIDATION);
  }
}
