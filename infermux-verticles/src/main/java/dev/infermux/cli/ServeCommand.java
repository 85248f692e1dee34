package dev.infermux.cli;

import dev.infermux.Embedding;
import dev.infermux.cli.log.ProgramLog;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.LogFormat;
import dev.infermux.config.LogOptions;
import dev.infermux.config.Overrides;
import dev.infermux.config.ReadOptions;
import dev.infermux.inference.Secret;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code infermux serve}: the gateway, until somebody stops it. */
@Command(
    name = "serve",
    description = "Starts the gateway.",
    sortOptions = false,
    footer = {
      "",
      "A flag wins over its variable, and both over the file.",
      "Variables: INFERMUX_CONFIG, INFERMUX_LISTEN, INFERMUX_LOG_LEVEL, INFERMUX_LOG_FORMAT,",
      "INFERMUX_LOG_TIMESTAMPS, INFERMUX_MANAGEMENT_TOKEN.",
      "Exit codes: 0 stopped, 1 no such file or bad arguments, 2 invalid configuration,",
      "3 the address can not be bound, 130 interrupted (Ctrl-C)."
    })
final class ServeCommand implements Callable<Integer> {

  /** What the server says of itself. */
  static final Logger LOG = LoggerFactory.getLogger("dev.infermux.server");

  @Mixin private final ConfigSource source = new ConfigSource();
  @Mixin final HelpFlag help = new HelpFlag();

  @Option(
      names = {"--listen", "--addr"},
      paramLabel = "ADDRESS",
      description = "Where to listen: :8080, 127.0.0.1:8080, [::1]:8080. Port 0 takes a free one.")
  private @Nullable String listen;

  @Option(
      names = "--tokentrace",
      paramLabel = "URL",
      description = "The TokenTrace server that gets the spans.")
  private @Nullable String tokentrace;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "debug, info, warn or error. Default: info.")
  private @Nullable String logLevel;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description = "text or json. Default: text.")
  private @Nullable String logFormat;

  @Option(
      names = "--graceful-shutdown",
      paramLabel = "DURATION",
      defaultValue = "15s",
      converter = GraceConverter.class,
      description = "How long requests in flight may take when stopping. Default: 15s.")
  private Duration grace = Duration.ZERO;

  private final Surroundings surroundings;

  ServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ProgramLog.configure(LogOptions.defaults());
    Vertx vertx = ProgramVertx.create();
    try {
      return serve(vertx);
    } finally {
      Waiting.on(vertx.close());
    }
  }

  private int serve(Vertx vertx) {
    ReadOptions options = ReadOptions.of(surroundings.environment());
    ConfigResult.Loaded loaded =
        source.load(vertx, surroundings, options.withOverrides(overrides(options.overrides())));
    ProgramLog.configure(loaded.config().log());
    loaded.warnings().forEach(LOG::warn);
    loaded.notices().forEach(LOG::warn);
    Stopping stopping = new Stopping(grace);
    Server server = Server.start(vertx, loaded.config(), embedding());
    surroundings.stopRequests().listen(stopping::request);
    StartReport report =
        new StartReport(source.file(surroundings), loaded.config(), server.listening());
    if (loaded.config().log().format() == LogFormat.JSON) {
      report.log();
    } else {
      report.print(surroundings.out());
    }
    return stopping.await(server);
  }

  private Embedding embedding() {
    return surroundings
        .variable("INFERMUX_MANAGEMENT_TOKEN")
        .map(token -> Embedding.none().withManagementToken(Secret.of(token)))
        .orElse(Embedding.none());
  }

  private Overrides overrides(Overrides fromEnvironment) {
    return fromEnvironment
        .with("listen", listen, "--listen")
        .with("telemetry.tokentrace.url", tokentrace, "--tokentrace")
        .with("log.level", logLevel, "--log-level")
        .with("log.format", logFormat, "--log-format");
  }
}
