package dev.infermux.config.block;

import dev.infermux.config.schema.Durations;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Numbers;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.inbound.http.LimitsOptions;
import dev.infermux.inbound.http.TlsOptions;
import dev.infermux.network.FileVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code tls} and {@code limits} of the HTTP listener. */
public final class HttpBlock {
  private static final LimitsOptions DEFAULTS = LimitsOptions.defaults();

  private static final Key<Path> CERT_FILE =
      Key.required("cert_file", Texts.path(), "The certificate chain, PEM.");
  private static final Key<Path> KEY_FILE =
      Key.required("key_file", Texts.path(), "Its private key, PEM.");

  public static final Block TLS = Block.of(CERT_FILE, KEY_FILE);

  private static final Key<Long> MAX_BODY_BYTES =
      Key.of(
          "max_body_bytes",
          Numbers.wholeLong(1),
          DEFAULTS.maxBodyBytes(),
          "Largest request body; above it, 413.");
  private static final Key<Integer> MAX_IN_FLIGHT =
      Key.of(
          "max_in_flight",
          Numbers.whole(1),
          DEFAULTS.maxInFlight(),
          "Calls being served at once; above it, 503.");

  private static final Key<Integer> MAX_ANSWER_BYTES =
      Key.of(
          "max_answer_bytes",
          Numbers.whole(1),
          DEFAULTS.maxAnswerBytes(),
          "Largest whole answer of a provider; a larger one fails the attempt.");
  private static final Key<Long> MAX_BUFFERED_BYTES =
      Key.optional(
          "max_buffered_bytes",
          Numbers.wholeLong(1),
          "What all calls together may hold in memory; beyond it, 503. Absent = half of the heap"
              + " less 48 MiB.");
  private static final Key<Integer> MAX_WAITING_EVENTS =
      Key.of(
          "max_waiting_events",
          Numbers.whole(1),
          DEFAULTS.maxWaitingEvents(),
          "Published events that may wait for an exporter or another subscriber in the process;"
              + " beyond it, events are lost and counted.");

  private static final Key<Duration> HOLD_HEAD =
      Key.of(
          "hold_head",
          Durations.positive(),
          DEFAULTS.holdHead(),
          "How long the head of a stream waits for the first content, so that failover keeps the"
              + " status.");
  private static final Key<Duration> KEEP_ALIVE =
      Key.of(
          "keep_alive",
          Durations.positive(),
          DEFAULTS.keepAlive(),
          "Longest silence of a stream whose head is out; then a comment.");

  private static final Part PER_CALLER =
      Part.of(
          "per_caller",
          CallerLimitBlock.BLOCK,
          "What each caller may ask for; keys may have limits of their own.");

  public static final Block LIMITS =
      Block.of(
          MAX_BODY_BYTES,
          MAX_IN_FLIGHT,
          MAX_ANSWER_BYTES,
          MAX_BUFFERED_BYTES,
          MAX_WAITING_EVENTS,
          HOLD_HEAD,
          KEEP_ALIVE,
          PER_CALLER);

  private HttpBlock() {}

  /** Empty = plain HTTP. */
  public static Optional<TlsOptions> tls(Node node) {
    if (node.absent()) {
      return Optional.empty();
    }
    Fields fields = node.fields(TLS);
    Path nowhere = Path.of("");
    Path certificate = fields.need(CERT_FILE, nowhere);
    Path key = fields.need(KEY_FILE, nowhere);
    if (!certificate.equals(nowhere) && !key.equals(nowhere)) {
      NamedFiles.checkPair(fields.at(CERT_FILE), certificate, fields.at(KEY_FILE), key);
    }
    return Optional.of(
        new TlsOptions(certificate, key).withContents(FileVersion.of(certificate, key)));
  }

  public static LimitsOptions limits(Fields fields) {
    return new LimitsOptions(
        fields.get(MAX_BODY_BYTES),
        fields.get(MAX_IN_FLIGHT),
        fields.get(MAX_ANSWER_BYTES),
        fields.find(MAX_BUFFERED_BYTES).orElse(null),
        fields.get(MAX_WAITING_EVENTS),
        fields.get(HOLD_HEAD),
        fields.get(KEEP_ALIVE),
        CallerLimitBlock.read(fields.at(PER_CALLER).fields(CallerLimitBlock.BLOCK)));
  }
}
