package dev.infermux.mist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Feeds the reader damaged and random messages: it reads them or refuses them, nothing else. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EnvelopeReaderFuzzTest {

  private static final String[] TOKENS = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "\\",
    "\\u",
    "\\ud800",
    "null",
    "true",
    "-",
    "1e",
    "0.",
    "NaN",
    "99999999999999999999",
    "1e999999999",
    "\"version\":\"1\"",
    "\"payload\":",
    "\"checksum\":1",
    "\u0000",
    "\ufeff",
    "\r\n",
    "/*",
    "[[[[[[[[",
    "{\"a\":{\"a\":"
  };

  private static final List<Class<? extends Payload>> TYPES =
      List.of(
          InferRequest.class,
          ChatMessage.class,
          InferResponse.class,
          InferChunk.class,
          InferError.class,
          TraceSpan.class,
          TraceAlert.class,
          EvalRun.class,
          EvalResult.class,
          DataEntities.class,
          DataSchema.class,
          HealthPing.class,
          HealthPong.class);

  private int accepted;

  @Test
  void a_damaged_message_is_read_or_refused_and_nothing_else() {
    Seeds.run(
        30_000,
        random -> {
          byte[] message = good(random);
          int damages = 1 + random.nextInt(3);
          for (int i = 0; i < damages; i++) {
            message = damage(message, random);
          }
          readOrRefuse(message);
        });

    assertThat(accepted).as("damaged messages that still read").isPositive();
  }

  @Test
  void random_bytes_and_random_tokens_are_refused() {
    Seeds.run(
        20_000,
        random -> {
          byte[] noise = new byte[random.nextInt(200)];
          random.nextBytes(noise);
          readOrRefuse(noise);
          StringBuilder tokens = new StringBuilder("{");
          for (int i = random.nextInt(30); i > 0; i--) {
            tokens.append(TOKENS[random.nextInt(TOKENS.length)]);
          }
          readOrRefuse(tokens.toString().getBytes(UTF_8));
        });
  }

  @Test
  void any_payload_decodes_as_any_type_or_is_refused() {
    Seeds.run(
        10_000,
        random -> {
          byte[] payload = mixed(random);
          Envelope envelope = Envelope.of("tests", "t", new RawPayload(payload));
          decodeOrRefuse(envelope, TYPES.get(random.nextInt(TYPES.size())));
        });
  }

  @Test
  void messages_made_to_be_slow_are_not() {
    String open = "{\"version\":\"1\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",";
    List<String> heavy =
        List.of(
            open + "\"payload\":" + "9".repeat(5_000_000) + "}",
            open + "\"payload\":[" + "1e9999999,".repeat(500_000) + "1]}",
            open + "\"payload\":\"" + "\\ud83d".repeat(1_000_000) + "\"}",
            open + "\"timestamp_ns\":" + "9".repeat(1_000) + "}",
            open + "\"" + "k".repeat(5_000_000) + "\":1}");

    heavy.forEach(message -> readOrRefuse(message.getBytes(UTF_8)));
    readOrRefuse(manyFields().getBytes(UTF_8));
  }

  private static String manyFields() {
    StringBuilder fields = new StringBuilder("{");
    for (int i = 0; i < 300_000; i++) {
      fields.append('"').append(Integer.toString(i, 36)).append("\":").append(i).append(',');
    }
    return fields.append("\"version\":\"1\"}").toString();
  }

  private void readOrRefuse(byte[] message) {
    byte[] before = message.clone();
    try {
      Envelope read = EnvelopeReader.read(message);
      accepted++;
      assertThat(EnvelopeReader.read(EnvelopeWriter.write(read)).payload())
          .isEqualTo(read.payload());
    } catch (MistException e) {
      assertThat(e.code()).isEqualTo(MistErrorCode.VALIDATION);
      assertThat(e.getMessage()).hasSizeLessThan(300).matches("[ -~…²]*");
    }
    assertThat(message).isEqualTo(before);
  }

  private static void decodeOrRefuse(Envelope envelope, Class<? extends Payload> type) {
    try {
      Payload decoded = envelope.payloadAs(type);
      byte[] json = decoded.json();
      Payload again = Envelope.of("tests", "t", new RawPayload(json)).payloadAs(type);
      assertThat(again.json()).isEqualTo(json);
    } catch (MistException e) {
      assertThat(e.field()).startsWith("payload");
    }
  }

  private static byte[] good(Random random) {
    RandomJson json = new RandomJson(random);
    Envelope.Header header = new Envelope.Header("1", json.text(), "s", "t", random.nextLong());
    return EnvelopeWriter.write(Envelope.of(header, new RawPayload(json.value(3).getBytes(UTF_8))));
  }

  /** An object with the names of real fields and values that may or may not fit. */
  private static byte[] mixed(Random random) {
    String[] names = {
      "model", "messages", "params", "meta", "content", "role", "seq", "delta", "finish_reason",
      "cost_usd", "status", "attrs", "tasks", "tags", "fields", "name", "required", "count"
    };
    RandomJson json = new RandomJson(random);
    StringBuilder out = new StringBuilder("{\"from\":\"x\"");
    for (String name : names) {
      if (random.nextInt(3) == 0) {
        String value = random.nextInt(3) == 0 ? "[" + json.object(2) + "]" : json.value(2);
        out.append(",\"").append(name).append("\":").append(value);
      }
    }
    return out.append('}').toString().getBytes(UTF_8);
  }

  private static byte[] damage(byte[] message, Random random) {
    int at = random.nextInt(message.length + 1);
    byte[] token = TOKENS[random.nextInt(TOKENS.length)].getBytes(UTF_8);
    byte[] copy = message.clone();
    switch (random.nextInt(5)) {
      case 0 -> copy[Math.min(at, copy.length - 1)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy = splice(message, at, token, at);
      case 2 -> copy = splice(message, at, new byte[0], Math.min(message.length, at + 3));
      case 3 -> copy = splice(message, at, token, Math.min(message.length, at + token.length));
      default -> copy = splice(message, at, Arrays.copyOfRange(message, at / 2, at), at);
    }
    return copy.length == 0 ? new byte[] {'{'} : copy;
  }

  private static byte[] splice(byte[] message, int from, byte[] middle, int to) {
    byte[] result = new byte[from + middle.length + message.length - to];
    System.arraycopy(message, 0, result, 0, from);
    System.arraycopy(middle, 0, result, from, middle.length);
    System.arraycopy(message, to, result, from + middle.length, message.length - to);
    return result;
  }
}
