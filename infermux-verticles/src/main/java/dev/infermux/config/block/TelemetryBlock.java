package dev.infermux.config.block;

import dev.infermux.config.schema.Choices;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.ServiceUrls;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.MapOf;
import dev.infermux.config.schema.Shape.One;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.inference.Secret;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.tokentrace.TelemetryOptions.Format;
import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import dev.infermux.tokentrace.TelemetryOptions.TokenTrace;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code telemetry}: where spans go. */
public final class TelemetryBlock {
  private static final URI NOWHERE = URI.create("http://localhost");

  private static final Key<URI> URL =
      Key.required(
          "url",
          ServiceUrls.httpOrFile(),
          "Root of a TokenTrace server; for `mist` also `file:///…`, one envelope a line.");
  private static final Key<Format> FORMAT =
      Key.of(
          "format",
          Choices.of(List.of(Format.values()), TelemetryBlock::name),
          Format.MIST,
          "Envelopes to `/mist`, or batches to `/spans`.");
  private static final Key<Secret> SECRET =
      Key.optional("secret", Texts.secret(), "Signs what is sent (`X-Mist-Signature`).");
  private static final Key<Boolean> ATTEMPTS =
      Key.of(
          "attempts",
          Texts.flag(),
          false,
          "Whether each attempt is sent too, which TokenTrace counts as a request.");
  private static final Block TOKENTRACE_BLOCK = Block.of(URL, FORMAT, SECRET, ATTEMPTS);
  private static final Part TOKENTRACE =
      Part.of("tokentrace", TOKENTRACE_BLOCK, "Spans to TokenTrace; absent = none.");

  private static final Key<URI> ENDPOINT =
      Key.required("endpoint", ServiceUrls.http(), "Root of an OTLP collector.");
  private static final Key<Protocol> PROTOCOL =
      Key.of(
          "protocol",
          Choices.of(List.of(Protocol.values()), TelemetryBlock::name),
          Protocol.HTTP_PROTOBUF,
          "How OTLP is spoken.");
  private static final Part HEADERS =
      Part.of(
          "headers",
          new MapOf("header", new One(Texts.headerValue())),
          "Sent with every export, credentials for instance.");
  private static final Block OTLP_BLOCK = Block.of(ENDPOINT, PROTOCOL, HEADERS);
  private static final Part OTLP =
      Part.of("otlp", OTLP_BLOCK, "Spans and metrics over OTLP; absent = none.");

  private static final Key<Boolean> CAPTURE_CONTENT =
      Key.of(
          "capture_content",
          Texts.flag(),
          false,
          "Whether spans carry what was asked and answered.");

  private static final Key<String> TRACE_URL =
      Key.optional(
          "trace_url",
          ServiceUrls.traceTemplate(),
          "Where people look at a trace, with `{trace_id}` in it; the page links there.");

  public static final Block BLOCK = Block.of(TOKENTRACE, OTLP, CAPTURE_CONTENT, TRACE_URL);

  private TelemetryBlock() {}

  public static TelemetryOptions read(Fields fields) {
    TelemetryOptions options =
        TelemetryOptions.defaults()
            .withCaptureContent(fields.get(CAPTURE_CONTENT))
            .withTraceUrl(fields.find(TRACE_URL).orElse(null));
    Node tokentrace = fields.at(TOKENTRACE);
    if (!tokentrace.absent()) {
      options = options.withTokentrace(tokenTrace(tokentrace.fields(TOKENTRACE_BLOCK)));
    }
    Node otlp = fields.at(OTLP);
    return otlp.absent() ? options : options.withOtlp(otlp(otlp.fields(OTLP_BLOCK)));
  }

  private static TokenTrace tokenTrace(Fields fields) {
    String secret = fields.find(SECRET).map(Secret::reveal).orElse(null);
    URI url = fields.need(URL, NOWHERE);
    Format format = fields.get(FORMAT);
    if (format == Format.SPANS && "file".equals(url.getScheme())) {
      fields.at(URL).refuse("an http or https URL for the format spans");
      return new TokenTrace(NOWHERE, format, secret, false);
    }
    return new TokenTrace(url, format, secret, fields.get(ATTEMPTS));
  }

  private static Otlp otlp(Fields fields) {
    Map<String, String> headers = new LinkedHashMap<>();
    fields.at(HEADERS).entries().forEach((name, value) -> header(name, value, headers));
    return new Otlp(fields.need(ENDPOINT, NOWHERE), fields.get(PROTOCOL), headers);
  }

  private static void header(String name, Node value, Map<String, String> headers) {
    if (Otlp.isHeaderName(name)) {
      value.need(Texts.headerValue()).ifPresent(text -> headers.put(name, text));
    } else {
      value.wrong("a header's name as the key");
    }
  }

  private static String name(Format format) {
    return switch (format) {
      case MIST -> "mist";
      case SPANS -> "spans";
    };
  }

  private static String name(Protocol protocol) {
    return switch (protocol) {
      case HTTP_PROTOBUF -> "http/protobuf";
      case GRPC -> "grpc";
    };
  }
}
