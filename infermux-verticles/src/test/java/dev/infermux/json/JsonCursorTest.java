package dev.infermux.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {

  private static final String DOCUMENT =
      """
      {"model":"gpt-4o","messages":[{"role":"user","content":"h\\u00e9 \\"x\\" \\ud83d\\ude00 größe 😀"}],
       "n":1,"temperature":-0.5e+3,"stream":true,"stop":null,"tools":[[],{},[1,2.0,"a"]]}
      """;

  @Test
  void fields_are_walked_and_strings_decoded() {
    JsonCursor json = cursor("{ \"a\" : \"x\\n\\u00e9\\ud83d\\ude00\" , \"b\":[1, 2] }");

    json.enterObject();
    assertThat(json.nextField()).isTrue();
    assertThat(json.nameIs("a".getBytes(UTF_8))).isTrue();
    assertThat(json.string()).isEqualTo("x\né😀");
    assertThat(json.nextField()).isTrue();
    json.enterArray();
    assertThat(json.nextElement()).isTrue();
    assertThat(json.longValue()).isEqualTo(1);
    assertThat(json.nextElement()).isTrue();
    assertThat(json.longValue()).isEqualTo(2);
    assertThat(json.nextElement()).isFalse();
    assertThat(json.nextField()).isFalse();
    json.end();
  }

  @Test
  void a_name_is_what_its_escapes_stand_for() {
    JsonCursor json = cursor("{\"max\\u005ftokens\":1,\"\\u006d\":2,\"größe_tokn\":3}");

    json.enterObject();
    json.nextField();
    assertThat(json.nameIs("max_tokens".getBytes(UTF_8))).isTrue();
    json.skip();
    json.nextField();
    assertThat(json.nameIs("m".getBytes(UTF_8))).isTrue();
    assertThat(json.nameIs("n".getBytes(UTF_8))).isFalse();
    json.skip();
    json.nextField();
    assertThat(json.nameIs("max_tokens".getBytes(UTF_8))).isFalse();
  }

  @Test
  void length_counts_characters_not_bytes_or_escapes() {
    assertThat(cursor("\"\"").stringLength()).isZero();
    assertThat(cursor("\"abcdefghijklmnop\"").stringLength()).isEqualTo(16);
    assertThat(cursor("\"größe\"").stringLength()).isEqualTo(5);
    assertThat(cursor("\"\\n\\u00e9\"").stringLength()).isEqualTo(2);
    assertThat(cursor("\"😀中\"").stringLength()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "{", "}", "[1,]", "{\"a\":1,}", "{\"a\"}", "{a:1}", "{\"a\":1 \"b\":2}", "01",
            "1.",
        "-", "1e", "+1", ".5", "tru", "nul", "\"\\x\"", "\"\\u12g4\"", "\"\t\"", "\"abc", "[1 2]",
        "1 2", "NaN", "'a'", "{\"a\":1}}", "\"\\", "[", "{\"a\":", "[,1]"
      })
  void what_is_not_json_is_refused(String text) {
    assertThatThrownBy(() -> walk(text.getBytes(UTF_8))).isInstanceOf(JsonSyntaxException.class);
  }

  @Test
  void nesting_is_bounded() {
    walk(("[".repeat(200) + "]".repeat(200)).getBytes(UTF_8));
    assertThatThrownBy(() -> walk("[".repeat(100_000).getBytes(UTF_8)))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessageContaining("nesting deeper than 200");
  }

  @Test
  void message_says_where_what_and_what_was_expected() {
    assertThatThrownBy(() -> walk("{\"a\":}".getBytes(UTF_8)))
        .hasMessage("byte 5: found \"}\" (expected: a value)");
    assertThatThrownBy(() -> walk("{\"a\":1".getBytes(UTF_8)))
        .hasMessage("byte 6: found the end (expected: more)");
  }

  @Test
  void mutated_documents_are_judged_as_jackson_judges_them() {
    long seed = 20261121;
    Random random = new Random(seed);
    byte[] original = DOCUMENT.getBytes(UTF_8);
    for (int round = 0; round < 100_000; round++) {
      byte[] mutated = original.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        mutated[random.nextInt(mutated.length)] = interesting(random);
      }
      assertThat(accepts(mutated))
          .as("seed %d round %d: %s", seed, round, new String(mutated, UTF_8))
          .isEqualTo(jacksonAccepts(mutated));
    }
  }

  private static byte interesting(Random random) {
    String likely = "{}[]\",:\\ut0123456789eE+-. \n\tnfa";
    return random.nextInt(4) == 0
        ? (byte) random.nextInt(256)
        : (byte) likely.charAt(random.nextInt(likely.length()));
  }

  private static boolean accepts(byte[] bytes) {
    try {
      walk(bytes);
      return true;
    } catch (JsonSyntaxException e) {
      return false;
    }
  }

  /** Jackson does not check UTF-8 as strictly as the JDK's decoder, so both must agree. */
  private static boolean jacksonAccepts(byte[] bytes) {
    try (JsonParser parser =
        new JsonFactory()
            .createParser(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString())) {
      int depth = 0;
      boolean closed = false;
      JsonToken token = parser.nextToken();
      if (token == null) {
        return false;
      }
      while (token != null) {
        if (closed) {
          return false;
        }
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token == JsonToken.VALUE_STRING) {
          parser.getText();
        }
        closed = depth == 0;
        token = parser.nextToken();
      }
      return true;
    } catch (CharacterCodingException e) {
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static void walk(byte[] bytes) {
    JsonCursor json = new JsonCursor(bytes);
    json.skip();
    json.end();
  }

  private static JsonCursor cursor(String text) {
    return new JsonCursor(text.getBytes(UTF_8));
  }
}
