package dev.infermux.resilience;

import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.MockUpstream;
import java.time.Duration;
import java.util.function.Consumer;
import org.awaitility.core.ConditionFactory;

/** Where a call may be when its caller hangs up. Each knows how to bring a call there. */
enum HangUp {
  WAITING_FOR_HEADERS(false, pair -> pair.first().next(MockAnswer.silence())),
  WAITING_FOR_HEADERS_OF_A_STREAM(true, pair -> pair.first().next(MockAnswer.silence())),
  INSIDE_A_WHOLE_BODY(
      false,
      pair ->
          pair.first()
              .next(
                  MockAnswer.json(Texts.CHAT_ANSWER)
                      .header("content-length", "99999")
                      .thenSilence())),
  INSIDE_AN_ERROR_BODY(
      false,
      pair ->
          pair.first()
              .next(MockAnswer.json(500, "{}").header("content-length", "999").thenSilence())),
  BEFORE_THE_FIRST_EVENT(true, pair -> pair.first().next(MockAnswer.events().thenSilence())),
  BEFORE_THE_FIRST_TOKEN(
      true, pair -> pair.first().next(MockAnswer.events(Texts.role()).thenSilence())),
  MID_STREAM(true, pair -> pair.first().next(begun().thenSilence()), "Hello"),
  BETWEEN_RETRIES(
      false, pair -> pair.first().next(MockAnswer.json(429, "{}").header("retry-after", "2"))),
  WAITING_FOR_A_RETRY(
      false, pair -> pair.first().next(MockAnswer.json(500, "{}"), MockAnswer.silence()), 2),
  WAITING_FOR_THE_SECOND_PROVIDER(
      false,
      pair -> {
        pair.first().next(MockAnswer.json(401, "{}"));
        pair.second().next(MockAnswer.silence());
      }),
  BEFORE_THE_SECOND_PROVIDERS_FIRST_TOKEN(
      true,
      pair -> {
        pair.first().next(MockAnswer.json(401, "{}"));
        pair.second().next(MockAnswer.events(Texts.role()).thenSilence());
      }),
  MID_STREAM_OF_THE_SECOND_PROVIDER(
      true,
      pair -> {
        pair.first().next(MockAnswer.json(401, "{}"));
        pair.second().next(begun().thenSilence());
      },
      "Hello"),
  WAITING_FOR_THE_REST_OF_A_CUT_STREAM(
      true,
      pair -> {
        pair.first().next(begun().thenClose());
        pair.second().next(MockAnswer.silence());
      },
      "Hello");

  private static final String PATH = "/v1/chat/completions";

  private final boolean stream;
  private final Consumer<Pair> script;
  private final String read;
  private final int attemptsAtFirst;

  HangUp(boolean stream, Consumer<Pair> script) {
    this(stream, script, "", 1);
  }

  HangUp(boolean stream, Consumer<Pair> script, String read) {
    this(stream, script, read, 1);
  }

  HangUp(boolean stream, Consumer<Pair> script, int attemptsAtFirst) {
    this(stream, script, "", attemptsAtFirst);
  }

  HangUp(boolean stream, Consumer<Pair> script, String read, int attemptsAtFirst) {
    this.stream = stream;
    this.script = script;
    this.read = read;
    this.attemptsAtFirst = attemptsAtFirst;
  }

  /** Looks often: a thousand calls wait here. */
  private static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
  }

  private static MockAnswer begun() {
    return MockAnswer.events(Texts.role(), Texts.delta("Hello"));
  }

  /** Brings one call to this place and hangs up; gives the provider's side of it. */
  Left leave(Pair pair) {
    int first = pair.first().requests().size();
    int second = pair.second().requests().size();
    script.accept(pair);
    Wire wire =
        pair.gateway()
            .connect()
            .request(
                "POST",
                PATH,
                stream ? Texts.stream(Gateway.MODEL, "Hi") : Texts.chat(Gateway.MODEL, "Hi"));
    MockRequest held =
        usesSecond()
            ? arrived(pair.second(), second + 1)
            : arrived(pair.first(), first + attemptsAtFirst);
    if (!read.isEmpty()) {
      wire.readUntil(read);
    } else if (this == BETWEEN_RETRIES) {
      soon().until(() -> held.state() == MockRequest.State.ANSWERED);
    } else if (answersPartly()) {
      soon().until(() -> held.bytesSent() > 0);
    }
    long leftNanos = System.nanoTime();
    wire.reset();
    return new Left(held, leftNanos);
  }

  private boolean answersPartly() {
    return this == INSIDE_A_WHOLE_BODY
        || this == INSIDE_AN_ERROR_BODY
        || this == BEFORE_THE_FIRST_EVENT
        || this == BEFORE_THE_FIRST_TOKEN
        || this == BEFORE_THE_SECOND_PROVIDERS_FIRST_TOKEN;
  }

  private boolean usesSecond() {
    return name().contains("SECOND") || this == WAITING_FOR_THE_REST_OF_A_CUT_STREAM;
  }

  private static MockRequest arrived(MockUpstream upstream, int count) {
    soon().until(() -> upstream.requests().size() >= count);
    return upstream.requests().get(count - 1);
  }

  /** A caller that has hung up while its provider held a request. */
  record Left(MockRequest held, long leftNanos) {

    /** How long the provider's connection stayed open; 0 when nothing was open. */
    double closedAfterMillis() {
      if (held.state() == MockRequest.State.ANSWERED) {
        return 0;
      }
      soon().until(held::abandoned);
      return (held.endedNanos() - leftNanos) / 1e6;
    }
  }
}
