package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.infermux.dialect.openai.RelayedEventText;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;

/** Silence in the format that is asked for, and what was heard in a sound, which always is one. */
final class SpokenAnswers {

  private static final String HEARD = "mock: heard";

  /** What a tenth of a second has at 24 kHz and 16 bits. */
  private static final int SAMPLES = 4_800;

  private static final int RATE = 24_000;

  /** A frame of MPEG layer III with 128 kbit/s at 44.1 kHz. */
  private static final int MP3_FRAME = 417;

  private SpokenAnswers() {}

  static FixedAnswer speech(RelayedFields request) {
    String format = request.text("response_format");
    FixedAnswer sound =
        switch (format) {
          case "wav" -> FixedAnswer.of("audio/wav", wav());
          case "pcm" -> FixedAnswer.of("audio/pcm", Buffer.buffer(new byte[SAMPLES]));
          case "opus" -> FixedAnswer.of("audio/opus", beginning("OggS"));
          case "flac" -> FixedAnswer.of("audio/flac", beginning("fLaC"));
          case "aac" -> FixedAnswer.of("audio/aac", beginning("\u00ff\u00f1"));
          default -> FixedAnswer.of("audio/mpeg", mp3());
        };
    if (!request.text("stream_format").equals("sse")) {
      return sound;
    }
    String data = Base64.getEncoder().encodeToString(sound.body().getBytes());
    return sound.streamed(
        RelayedEventText.of("speech.audio.delta", "\"audio\":\"" + data + "\""),
        RelayedEventText.of("speech.audio.done", FixedAnswers.USAGE));
  }

  private static Buffer wav() {
    return Buffer.buffer("RIFF")
        .appendIntLE(36 + SAMPLES)
        .appendString("WAVEfmt ")
        .appendIntLE(16)
        .appendShortLE((short) 1)
        .appendShortLE((short) 1)
        .appendIntLE(RATE)
        .appendIntLE(2 * RATE)
        .appendShortLE((short) 2)
        .appendShortLE((short) 16)
        .appendString("data")
        .appendIntLE(SAMPLES)
        .appendBytes(new byte[SAMPLES]);
  }

  private static Buffer mp3() {
    byte[] frame = new byte[MP3_FRAME];
    frame[0] = (byte) 0xFF;
    frame[1] = (byte) 0xFB;
    frame[2] = (byte) 0x90;
    Buffer sound = Buffer.buffer();
    for (int i = 0; i < 4; i++) {
      sound.appendBytes(frame);
    }
    return sound;
  }

  /** What nobody can play, with the first bytes by which its format is known. */
  private static Buffer beginning(String magic) {
    return Buffer.buffer(magic.getBytes(ISO_8859_1)).appendBytes(new byte[256]);
  }

  static FixedAnswer transcript(RelayedFields request) {
    FixedAnswer heard =
        switch (request.text("response_format")) {
          case "text" -> FixedAnswer.of("text/plain; charset=utf-8", Buffer.buffer(HEARD + "\n"));
          case "srt" -> subtitles("application/x-subrip", "1\n00:00:00,000 --> 00:00:01,000\n");
          case "vtt" -> subtitles("text/vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n");
          case "verbose_json" ->
              FixedAnswer.json(
                  "{\"task\":\"transcribe\",\"language\":\"english\",\"duration\":1.0,"
                      + text()
                      + ",\"segments\":[],"
                      + usage()
                      + "}");
          default -> FixedAnswer.json("{" + text() + "," + usage() + "}");
        };
    return heard.streamed(
        RelayedEventText.transcribed(HEARD),
        RelayedEventText.of("transcript.text.done", text() + "," + usage()));
  }

  private static FixedAnswer subtitles(String type, String cue) {
    return FixedAnswer.of(type, Buffer.buffer(cue + HEARD + "\n"));
  }

  private static String text() {
    return "\"text\":\"" + HEARD + "\"";
  }

  private static String usage() {
    return FixedAnswers.USAGE.replace("{", "{\"type\":\"tokens\",");
  }
}
