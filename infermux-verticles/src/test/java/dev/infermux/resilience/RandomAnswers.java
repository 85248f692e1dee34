package dev.infermux.resilience;

import dev.infermux.e2e.kit.Texts;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A provider that answers each call in some way that its number and the seed decide. */
final class RandomAnswers {

  private static final int KB = 1 << 10;
  private static final int MB = 1 << 20;
  private static final int PIECE = 200 * KB;
  private static final Pattern NUMBER = Pattern.compile("call (\\d+)");

  private final long seed;
  private final Set<MockRequest> answering = ConcurrentHashMap.newKeySet();

  RandomAnswers(long seed) {
    this.seed = seed;
  }

  /** The requests that are still being answered. */
  List<String> answering() {
    answering.removeIf(request -> request.state() != MockRequest.State.ANSWERING);
    return answering.stream()
        .map(
            request -> {
              String body = request.body();
              return request.target()
                  + " "
                  + body.substring(0, Math.min(body.length(), 200))
                  + " ("
                  + body.length()
                  + " bytes), sent "
                  + request.bytesSent()
                  + " on connection "
                  + request.connection();
            })
        .toList();
  }

  MockAnswer of(MockRequest request) {
    answering();
    answering.add(request);
    String body = request.body();
    Matcher number = NUMBER.matcher(body);
    long call = number.find() ? Long.parseLong(number.group(1)) : 0;
    Random random = new Random(seed * 1_000_003 + call * 31 + body.length());
    MockAnswer answer =
        random.nextInt(5) == 0
            ? failure(random)
            : body.contains("\"stream\":true")
                ? ending(random, stream(random))
                : whole(random, request);
    return random.nextInt(4) == 0 ? answer.after(Duration.ofMillis(random.nextInt(100))) : answer;
  }

  private static MockAnswer failure(Random random) {
    String text = "x".repeat(size(random));
    return switch (random.nextInt(8)) {
      case 0 -> MockAnswer.silence();
      case 1 -> MockAnswer.reset();
      case 2 -> MockAnswer.close();
      case 3 -> MockAnswer.flood("application/json", Buffer.buffer(text), 20);
      case 4 -> MockAnswer.json(500, "{\"error\":{\"message\":\"" + text + "\"}}").gzipped();
      case 5 -> MockAnswer.json(400, text).header("content-length", "20000000").thenSilence();
      case 6 -> ending(random, MockAnswer.json(500, text).gzipped());
      default -> MockAnswer.json(503, "{\"error\":{\"message\":\"" + text + "\"}}");
    };
  }

  private static MockAnswer whole(Random random, MockRequest request) {
    String text = "x".repeat(size(random));
    String json =
        request.target().endsWith("/embeddings")
            ? Texts.EMBEDDINGS_ANSWER.replace("0.25", "0.2" + text.replace('x', '5'))
            : Texts.CHAT_ANSWER.replace("Hello", text);
    MockAnswer answer = MockAnswer.json(json);
    return switch (random.nextInt(8)) {
      case 0 -> answer.gzipped();
      case 1 -> answer.cutAfter(random.nextInt(json.length()));
      case 2 -> answer.header("content-length", "" + (json.length() + 9)).thenSilence();
      case 3, 4 -> ending(random, MockAnswer.pieces(json, PIECE));
      case 5 -> MockAnswer.events(Texts.role(), Texts.delta(text), Texts.finish(), "[DONE]");
      default -> answer;
    };
  }

  private static MockAnswer stream(Random random) {
    List<String> events = new ArrayList<>(List.of(Texts.role(), Texts.delta("Hi ")));
    switch (random.nextInt(6)) {
      case 0 -> events.add(Texts.delta("x".repeat(size(random))));
      case 1 -> {
        String text = Texts.delta("y".repeat(random.nextInt(8 * KB)));
        for (int i = random.nextInt(400); i > 0; i--) {
          events.add(text);
        }
      }
      case 2 -> {
        return MockAnswer.flood(
            "text/event-stream",
            Buffer.buffer("data: " + Texts.delta("z".repeat(16 * KB)) + "\n\n"),
            random.nextInt(600));
      }
      case 3 -> events.add("{\"error\":{\"message\":\"broken\",\"type\":\"server_error\"}}");
      case 4 -> {
        String json = Texts.CHAT_ANSWER.replace("Hello", "x".repeat(size(random)));
        return MockAnswer.pieces(json, PIECE);
      }
      default -> {}
    }
    events.addAll(List.of(Texts.finish(), Texts.usage(19, 10), "[DONE]"));
    MockAnswer answer = MockAnswer.events(events);
    return events.size() < 20 && random.nextInt(3) == 0
        ? answer.paced(Duration.ofMillis(random.nextInt(40)))
        : answer;
  }

  private static MockAnswer ending(Random random, MockAnswer answer) {
    return switch (random.nextInt(7)) {
      case 0 -> answer.thenReset();
      case 1 -> answer.thenSilence();
      case 2 -> answer.cutAfter(random.nextInt(MB));
      case 3 -> answer.thenClose();
      default -> answer;
    };
  }

  private static int size(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> 10;
      case 1 -> random.nextInt(20 * KB);
      case 2 -> random.nextInt(300 * KB);
      case 3 -> random.nextInt(MB);
      case 4 -> random.nextInt(4 * MB);
      default -> random.nextInt(9 * MB);
    };
  }
}
