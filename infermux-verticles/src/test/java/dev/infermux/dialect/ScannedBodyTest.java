package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.ModelRewriter;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.inference.RequestBody;
import dev.infermux.inference.StreamTranscript;
import dev.infermux.json.Span;
import org.junit.jupiter.api.Test;

class ScannedBodyTest {

  @Test
  void the_model_is_replaced_in_place() {
    ScannedBody body = Plain.of("{\"x\": 1.0, \"model\" : \"a\" , \"limit\":7}");

    assertThat(body.withModel("b/\"c"))
        .satisfies(is("{\"x\": 1.0, \"model\" : \"b/\\\"c\" , \"limit\":7}"));
    assertThat(text(body.bytesFor("b"))).isEqualTo("{\"x\": 1.0, \"model\" : \"b\" , \"limit\":7}");
  }

  @Test
  void nothing_is_copied_where_nothing_changes() {
    ScannedBody body = Plain.of("{\"model\":\"a\"}");

    assertThat(body.bytesFor("a")).isSameAs(body.bytes());
    assertThat(body.withModel("a")).isSameAs(body);
  }

  @Test
  void a_model_is_added_and_can_then_be_replaced() {
    RequestBody added = Plain.of("{\"limit\":7}").withModel("first");

    assertThat(text(added.bytes())).isEqualTo("{\"model\":\"first\",\"limit\":7}");
    assertThat(text(added.withModel("x").bytes())).isEqualTo("{\"model\":\"x\",\"limit\":7}");
    assertThat(text(added.withMaxTokens(3).bytes())).isEqualTo("{\"model\":\"first\",\"limit\":3}");
  }

  @Test
  void a_maximum_is_lowered_and_never_raised() {
    ScannedBody body = Plain.of("{\"limit\":7,\"model\":\"a\"}");

    assertThat(text(body.withMaxTokens(5).bytes())).isEqualTo("{\"limit\":5,\"model\":\"a\"}");
    assertThat(body.withMaxTokens(5).facts().maxTokens()).isEqualTo(5);
    assertThat(text(body.withMaxTokens(900).bytes())).isEqualTo("{\"limit\":7,\"model\":\"a\"}");
  }

  @Test
  void a_maximum_is_added_and_can_then_be_lowered() {
    RequestBody added = Plain.of("{\"model\":\"a\"}").withMaxTokens(100);

    assertThat(text(added.bytes())).isEqualTo("{\"limit\":100,\"model\":\"a\"}");
    assertThat(text(added.withMaxTokens(9).withModel("long-name").bytes()))
        .isEqualTo("{\"limit\":9,\"model\":\"long-name\"}");
  }

  @Test
  void a_null_gives_way_to_a_maximum() {
    assertThat(text(Plain.of("{\"limit\":null,\"model\":\"a\"}").withMaxTokens(4).bytes()))
        .isEqualTo("{\"limit\":4,\"model\":\"a\"}");
  }

  private static java.util.function.Consumer<RequestBody> is(String json) {
    return body -> assertThat(text(body.bytes())).isEqualTo(json);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  /** A body whose fields are found by their text. */
  private static final class Plain extends ScannedBody {

    private Plain(byte[] bytes, BodyFacts facts, Places places) {
      super(new NoDialect(), bytes, facts, places);
    }

    static Plain of(String json) {
      Span model = value(json, "\"model\"");
      Span limit = value(json, "\"limit\"");
      String name = model.isAbsent() ? "" : json.substring(model.from() + 1, model.to() - 1);
      String most = limit.isAbsent() ? "null" : json.substring(limit.from(), limit.to());
      long maximum = most.equals("null") ? -1 : Long.parseLong(most);
      return new Plain(
          json.getBytes(UTF_8),
          new BodyFacts(name, false, false, maximum, 1, 1, 1, 0, 0, 0, 0, ""),
          new Places(1, model, limit, Insertion.first(1, "limit")));
    }

    private static Span value(String json, String name) {
      int at = json.indexOf(name);
      if (at < 0) {
        return Span.ABSENT;
      }
      int from = json.indexOf(':', at) + 1;
      while (json.charAt(from) == ' ') {
        from++;
      }
      int to = from;
      while (" ,}".indexOf(json.charAt(to)) < 0) {
        to++;
      }
      return new Span(from, to);
    }

    @Override
    protected ScannedBody edited(byte[] bytes, BodyFacts facts, Places places) {
      return new Plain(bytes, facts, places);
    }

    @Override
    public RequestBody continuing(String text) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void visitPrompt(PromptVisitor visitor) {}
  }

  private record NoDialect() implements Dialect {

    @Override
    public String id() {
      return "none";
    }

    @Override
    public StreamTranscript transcript() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ModelRewriter renaming(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
