package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A long text is neither kept nor told beyond its call, wherever it stands in a request, as a value
 * or as a name: heads and errors that quote it are short, and so are the records of all calls.
 */
@Timeout(180)
@ExtendWith(VertxExtension.class)
final class KeptTextTest {

  private static final String LONG = '"' + "k".repeat(20_000) + '"';

  private static final int LONGEST_HEAD = 8_000;
  private static final int LONGEST_ERROR = 4_000;
  private static final int LONGEST_RECORD = 12_000;

  private @Nullable Gateway gateway;

  @AfterEach
  void close() {
    if (gateway != null) {
      gateway.close();
    }
  }

  static List<String> paths() {
    return RequestTexts.PATHS;
  }

  @ParameterizedTest
  @MethodSource("paths")
  void nothing_of_a_long_text_stays(String path, Vertx vertx) throws Exception {
    BusEvents events = new BusEvents(vertx);
    Gateway open = start(vertx);
    open.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> place : places(path).entrySet()) {
      WireAnswer answer = open.post(path, Lexemes.with(place.getValue(), LONG));
      check(answer, record(open), path + ' ' + place.getKey(), wrong);
    }
    assertThat(wrong).isEmpty();
    assertThat(events.inferences(0)).allMatch(event -> event.encode().length() < LONGEST_RECORD);
  }

  private Gateway start(Vertx vertx) {
    Gateway open = Gateway.startWithoutCircuits(vertx);
    gateway = open;
    return open;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
  void nothing_of_a_providers_long_text_stays(String path, Vertx vertx) throws Exception {
    BusEvents events = new BusEvents(vertx);
    Gateway open = start(vertx);
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> place : Lexemes.places(AnswerTexts.ANSWER).entrySet()) {
      MockAnswer answer = MockAnswer.json(Lexemes.with(place.getValue(), LONG));
      check(answered(open, answer, path, false), record(open), place.getKey(), wrong);
    }
    for (Map.Entry<String, String> place : Lexemes.places(AnswerTexts.CHUNK).entrySet()) {
      String chunk = Lexemes.with(place.getValue(), LONG);
      MockAnswer answer = MockAnswer.events(chunk, Texts.finish(), "[DONE]");
      check(answered(open, answer, path, true), record(open), "chunk " + place.getKey(), wrong);
    }
    for (int status : new int[] {400, 404, 429, 500}) {
      for (Map.Entry<String, String> place : Lexemes.places(AnswerTexts.ERROR).entrySet()) {
        MockAnswer answer = MockAnswer.json(status, Lexemes.with(place.getValue(), LONG));
        String where = status + " " + place.getKey();
        check(answered(open, answer, path, false), record(open), where, wrong);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(events.inferences(0)).allMatch(event -> event.encode().length() < LONGEST_RECORD);
  }

  private static WireAnswer answered(Gateway open, MockAnswer answer, String path, boolean stream) {
    open.upstream().always(answer);
    String request = Texts.chat(Gateway.MODEL, "Hi").substring(1);
    return open.post(path, "{\"max_tokens\":5,\"stream\":" + stream + ',' + request);
  }

  private static Map<String, String> places(String path) throws Exception {
    Map<String, String> places = Lexemes.places(RequestTexts.of(path));
    places.putAll(Lexemes.names(RequestTexts.of(path)));
    return places;
  }

  private static String record(Gateway open) throws Exception {
    try (Wire wire = Wire.connect(open.port())) {
      return wire.get("/_infermux/requests?limit=1").body();
    }
  }

  private static void check(WireAnswer answer, String record, String where, List<String> wrong) {
    int head = answer.headers().values().stream().mapToInt(String::length).sum();
    if (head > LONGEST_HEAD) {
      wrong.add(where + ": a head of " + head);
    }
    if (answer.status() >= 400 && answer.body().length() > LONGEST_ERROR) {
      wrong.add(where + ": an error of " + answer.body().length());
    }
    if (record.length() > LONGEST_RECORD) {
      wrong.add(where + ": a record of " + record.length());
    }
  }
}
