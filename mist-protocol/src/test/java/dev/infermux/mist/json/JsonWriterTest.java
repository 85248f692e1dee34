package dev.infermux.mist.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonWriterTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "-12, -12",
    "0.1, 0.1",
    "0.00000375, 0.00000375",
    "1e-6, 0.000001",
    "1e-7, 1e-7",
    "1.5e-7, 1.5e-7",
    "-2.5e-9, -2.5e-9",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "2e-3, 0.002",
    "123456.789, 123456.789",
    "5e-324, 5e-324"
  })
  void doubles_are_plain_decimals_except_at_the_extremes(double value, String text) {
    assertThat(written("v", value)).isEqualTo("{\"v\":" + text + "}");
  }

  /** Each line has the bits of a double and what Go's encoding/json writes for it. */
  @Test
  void doubles_are_what_go_writes() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/mist/go-numbers.txt")) {
      List<String> lines = new String(file.readAllBytes(), UTF_8).lines().toList();
      assertThat(lines).hasSizeGreaterThan(300);
      assertThat(lines)
          .allSatisfy(
              line -> {
                double value = Double.longBitsToDouble(Long.parseUnsignedLong(line, 0, 16, 16));
                assertThat(written("v", value)).isEqualTo("{\"v\":" + line.substring(17) + "}");
              });
    }
  }

  @Test
  void floats_have_the_same_form() {
    assertThat(written("v", List.of(0.1f, 1.5e-7f, 1e21f, -0.0f, 16777216f)))
        .isEqualTo("{\"v\":[0.1,1.5e-7,1e+21,-0,16777216]}");
  }

  @Test
  void any_double_reads_back_as_itself() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        byte[] json = JsonWriter.object().number("v", value).end();
        assertThat(JsonFields.parse(json, "").number("v")).isEqualTo(value);
      }
    }
  }

  @Test
  void numbers_of_every_kind_are_written_without_loss() {
    List<Object> numbers =
        List.of(7, Long.MIN_VALUE, (short) 3, 0.1f, BigInteger.TWO.pow(70), new BigDecimal("1.10"));

    assertThat(written("v", numbers))
        .isEqualTo("{\"v\":[7,-9223372036854775808,3,0.1,1180591620717411303424,1.10]}");
  }

  @Test
  void what_json_cannot_express_is_refused() {
    assertThatThrownBy(() -> written("v", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("number: NaN (expected: a finite number)");
    assertThatThrownBy(() -> written("v", Float.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> written("v", new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Object (expected: String");
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    assertThatThrownBy(() -> written("v", endless)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void strings_are_escaped_as_go_escapes_them() {
    assertThat(written("v", "<&>\u2028\u2029\"\\\b\f\n\r\t\u0001\u007fé漢😀"))
        .isEqualTo(
            "{\"v\":\"\\u003c\\u0026\\u003e\\u2028\\u2029\\\"\\\\\\b\\f\\n"
                + "\\r"
                + "\\t\\u0001\u007fé漢😀\"}");
  }

  @Test
  void half_a_surrogate_pair_becomes_the_replacement_character() {
    assertThat(written("v", "a\ud83db\ude00c\ud83d"))
        .isEqualTo("{\"v\":\"a\ufffdb\ufffdc\ufffd\"}");
  }

  @Test
  void trees_and_raw_values_are_written_in_their_order() {
    List<Object> items =
        Arrays.asList(null, true, Map.of(), List.of(), RawJson.of("{ \"x\" : 1 }"));

    assertThat(written("v", items)).isEqualTo("{\"v\":[null,true,{},[],{ \"x\" : 1 }]}");
    assertThat(written("v", Map.of("k", Map.of("l", "m"))))
        .isEqualTo("{\"v\":{\"k\":{\"l\":\"m\"}}}");
  }

  private static String written(String name, Object value) {
    return new String(JsonWriter.object().value(name, value).end(), UTF_8);
  }
}
