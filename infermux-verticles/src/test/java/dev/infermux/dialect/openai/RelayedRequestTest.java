package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are relayed, of which the model is found and renamed in place. */
class RelayedRequestTest {

  private static final String FORM_TYPE = "multipart/form-data; boundary=b-1";
  private static final String FILE = "\u0000\r\n\u00ff--b-\r\n-- b-1\r\n";
  private static final String FORM =
      "--b-1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"model\"\r\n"
          + "Content-Type: audio/mpeg\r\n\r\n"
          + FILE
          + "\r\n--b-1\r\ncontent-disposition: form-data; name=model\r\n\r\nwhisper-1\r\n"
          + "--b-1\r\nContent-Disposition: form-data; name=\"stream\"\r\n\r\ntrue\r\n"
          + "--b-1\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--b-1--\r\n";

  @Test
  void a_form_names_its_model_and_is_renamed_in_place() {
    byte[] bytes = FORM.getBytes(ISO_8859_1);

    RelayedRequest form = form(FORM, FORM_TYPE);

    assertThat(form.model()).isEqualTo("whisper-1");
    assertThat(form.facts().stream()).isTrue();
    assertThat(form.contentType()).isEqualTo(FORM_TYPE);
    assertThat(form.bytesFor("whisper-1")).isEqualTo(bytes);
    assertThat(new String(form.bytesFor("dep"), ISO_8859_1))
        .isEqualTo(FORM.replace("whisper-1", "dep"));
    assertThat(new String(form.withModel("longer-model").bytesFor("x"), ISO_8859_1))
        .isEqualTo(FORM.replace("whisper-1", "x"));
  }

  @Test
  void a_boundary_may_be_quoted_and_a_preamble_stand_before_it() {
    String body =
        "hello\r\n--a b  \r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n--a b--";

    assertThat(form(body, "Multipart/Form-Data; charset=x; boundary=\"a b\"").model())
        .isEqualTo("m");
  }

  @Test
  void a_form_that_is_cut_anywhere_is_refused() {
    for (int cut = 0; cut < FORM.length() - "--\r\n".length(); cut++) {
      String body = FORM.substring(0, cut);
      assertThatThrownBy(() -> form(body, FORM_TYPE)).isInstanceOf(InferenceException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\r\""
      })
  void a_form_without_a_boundary_is_refused(String type) {
    assertThatThrownBy(() -> form(FORM, type)).hasMessageContaining("boundary");
  }

  @Test
  void two_models_are_refused() {
    String twice = FORM.replace("name=\"stream\"", "name=\"model\"");

    assertThatThrownBy(() -> form(twice, FORM_TYPE)).hasMessageContaining("given twice");
    assertThatThrownBy(() -> json("{\"model\":\"a\",\"model\":\"b\"}"))
        .hasMessageContaining("given twice");
  }

  @Test
  void json_is_renamed_in_place() {
    RelayedRequest body = json("{ \"prompt\":\"x\", \"model\" : \"a\",\"n\":2 }");

    assertThat(new String(body.bytesFor("b"), ISO_8859_1))
        .isEqualTo("{ \"prompt\":\"x\", \"model\" : \"b\",\"n\":2 }");
    assertThat(body.facts().choices()).isEqualTo(2);
  }

  @Test
  void a_model_is_required_but_for_moderations() {
    assertThatThrownBy(() -> json("{}")).hasMessageContaining("model");
    assertThat(
            RelayedRequest.scan(
                    Operation.MODERATION, "/moderations", null, "{}".getBytes(ISO_8859_1))
                .model())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{\"model\":1}", "{\"model\":\"a\"", "{\"model\":\"a\",\"n\":0}"})
  void unsound_json_is_refused(String body) {
    assertThatThrownBy(() -> json(body)).isInstanceOf(InferenceException.class);
  }

  private static RelayedRequest form(String body, String type) {
    return RelayedRequest.scan(
        Operation.AUDIO, "/audio/transcriptions", type, body.getBytes(ISO_8859_1));
  }

  private static RelayedRequest json(String body) {
    return RelayedRequest.scan(
        Operation.IMAGES, "/images/generations", "application/json", body.getBytes(ISO_8859_1));
  }
}
