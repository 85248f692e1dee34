package dev.infermux.cli;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.cli.log.ProgramLog;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.BadArguments;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ConfigSource;
import dev.infermux.cli.process.Flag;
import dev.infermux.cli.process.ServerVertx;
import dev.infermux.cli.process.SocketTransport;
import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.LogFormat;
import dev.infermux.config.LogOptions;
import dev.infermux.config.Overrides;
import dev.infermux.config.ReadOptions;
import dev.infermux.config.ReloadSource;
import dev.infermux.config.ReloadTrigger;
import dev.infermux.exporter.ExporterOptions;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.network.Network;
import dev.infermux.vertx.EventLoops;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code infermux serve} and {@code serve-grpc}: the gateway, until it is stopped. */
final class ServeCommand implements Command {

  /** What the server says of itself. */
  static final Logger LOG = LoggerFactory.getLogger("dev.infermux.server");

  private static final Flag LISTEN =
      Flag.withValue(
              "--listen",
              "ADDRESS",
              "Where to listen: :8080, 127.0.0.1:8080, [::1]:8080. Port 0 takes a free one.")
          .or("--addr");
  private static final Flag GRPC_ADDRESS =
      Flag.withValue("--grpc-addr", "ADDRESS", "Where gRPC listens as well, such as :8601.");
  private static final Flag GRPC_ALONE_ADDRESS =
      Flag.withValue(
          "--addr",
          "ADDRESS",
          "Where to listen. Default: grpc_listen of the file, else :8601. Port 0 takes a free"
              + " one.");
  private static final Flag TOKENTRACE =
      Flag.withValue("--tokentrace", "URL", "The TokenTrace server that gets the spans.");
  private static final Flag LOG_LEVEL =
      Flag.withValue("--log-level", "LEVEL", "debug, info, warn or error. Default: info.");
  private static final Flag LOG_FORMAT =
      Flag.withValue("--log-format", "FORMAT", "text or json. Default: text.");
  private static final Flag NO_HEALTH_CHECKS =
      Flag.toggle("--no-health-checks", "Never check the providers' health; all count as healthy.");
  private static final Flag GRACE =
      Flag.withValue(
          "--graceful-shutdown",
          "DURATION",
          "How long requests in flight may take when stopping. Default: 15s.");
  private static final Flag DEPLOY =
      Flag.withValue(
          "--deploy", "CLASS", "A verticle of your own to deploy, as with exporters of the file.");
  private static final Flag CLASSPATH =
      Flag.withValue(
          "--classpath",
          "PATH",
          "Where its classes are: jars, and directories of classes or jars, separated as in"
              + " CLASSPATH.");
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(15);

  private static final int GRPC_PORT = 8601;

  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux serve",
          "Starts the gateway.",
          List.of(
              ConfigSource.FLAG,
              LISTEN,
              GRPC_ADDRESS,
              TOKENTRACE,
              LOG_LEVEL,
              LOG_FORMAT,
              NO_HEALTH_CHECKS,
              SocketTransport.FLAG,
              DEPLOY,
              CLASSPATH,
              GRACE,
              Rehearsal.FLAG,
              Flag.HELP),
          List.of(
              "A flag wins over its variable, and both over the file.",
              "Variables: INFERMUX_CONFIG, INFERMUX_LISTEN, INFERMUX_LOG_LEVEL,",
              "INFERMUX_LOG_FORMAT, INFERMUX_LOG_TIMESTAMPS, INFERMUX_MANAGEMENT_TOKEN,"
                  + " INFERMUX_TRANSPORT,",
              "INFERMUX_WARM_UP.",
              "Exit codes: 0 stopped, 1 no such file or bad arguments, 2 invalid configuration,",
              "3 the address cannot be bound, 130 interrupted (Ctrl-C)."));

  private static final CommandUsage GRPC_USAGE =
      new CommandUsage(
          "infermux serve-grpc",
          "Starts the gateway with gRPC alone.",
          List.of(
              ConfigSource.FLAG,
              GRPC_ALONE_ADDRESS,
              TOKENTRACE,
              LOG_LEVEL,
              LOG_FORMAT,
              NO_HEALTH_CHECKS,
              SocketTransport.FLAG,
              DEPLOY,
              CLASSPATH,
              GRACE,
              Rehearsal.FLAG,
              Flag.HELP),
          List.of("All else is as with serve. The HTTP API is not served, whatever listen says."));

  private final boolean http;

  private ServeCommand(boolean http) {
    this.http = http;
  }

  /** HTTP, and gRPC where it has an address. */
  static ServeCommand all() {
    return new ServeCommand(true);
  }

  static ServeCommand grpcAlone() {
    return new ServeCommand(false);
  }

  @Override
  public CommandUsage usage() {
    return http ? USAGE : GRPC_USAGE;
  }

  @Override
  public boolean prints() {
    return false;
  }

  @Override
  public int run(Arguments arguments, CommandContext context) {
    Duration grace = grace(arguments);
    Duration warmUp = Rehearsal.length(arguments, context);
    ProgramLog.configure(LogOptions.defaults());
    SocketTransport transport = SocketTransport.of(arguments, context);
    try (ServerVertx vertx = new ServerVertx(transport)) {
      if (!transport.shortfall().isEmpty()) {
        LOG.warn(
            "sockets by {}, since others cannot be used: {}",
            transport.name(),
            transport.shortfall());
      }
      Shutdown stopping = new Shutdown(grace, Systemd.of(context));
      return serve(vertx, arguments, context, warmUp, stopping);
    }
  }

  private int serve(
      ServerVertx vertx,
      Arguments arguments,
      CommandContext context,
      Duration warmUp,
      Shutdown stopping) {
    AtomicReference<@Nullable InferMux> reloading = new AtomicReference<>();
    context.stopRequests().onReload(() -> reload(reloading.get()));
    ConfigSource source = ConfigSource.of(arguments, context);
    ReadOptions defaults = ReadOptions.of(context.environment());
    ReadOptions options = defaults.withOverrides(overrides(defaults.overrides(), arguments));
    ConfigResult.Loaded loaded = source.load(vertx.current(), options);
    ProgramLog.configure(loaded.config().log());
    loaded.warnings().forEach(LOG::warn);
    loaded.notices().forEach(LOG::warn);
    Config config = listening(loaded.config());
    InferMuxOptions own = embedding(arguments, context);
    InferMuxOptions embedding = own.withReloadSource(reloadSource(source, options, own));
    Rehearsal.play(warmUp, config.log());
    Server server = Server.start(vertx.joined(config.cluster()), config, embedding, http);
    reloading.set(server.router());
    OpenAddress.of(config, embedding, http).ifPresent(LOG::warn);
    context.stopRequests().listen(stopping::request);
    StartReport report =
        new StartReport(
            source.file(),
            config,
            server.listening(),
            server.router().health(),
            embedding.network(),
            EventLoops.transport(vertx.current()));
    if (config.log().format() == LogFormat.JSON) {
      report.log();
    } else {
      report.print(context.out());
    }
    stopping.systemd().ready(report.summary());
    return stopping.await(server);
  }

  /** Where there is no file yet, one that comes is taken. */
  private ReloadSource reloadSource(
      ConfigSource source, ReadOptions options, InferMuxOptions embedding) {
    return ReloadSource.of(source.file().orElse(ConfigReader.DEFAULT_FILE), options)
        .withAwaited(source.file().isEmpty())
        .withCompleted(this::listening)
        .withRemarks(config -> OpenAddress.of(config, embedding, http).stream().toList())
        .withLog(ProgramLog::configure);
  }

  private static void reload(@Nullable InferMux router) {
    if (router == null) {
      LOG.info("SIGHUP: the configuration is being read already");
    } else {
      router.reload(ReloadTrigger.SIGNAL);
    }
  }

  private static InferMuxOptions embedding(Arguments arguments, CommandContext context) {
    InferMuxOptions embedding =
        InferMuxOptions.defaults()
            .withHealthChecks(!arguments.has(NO_HEALTH_CHECKS))
            .withExporters(deployed(arguments))
            .withNetwork(Network.of(context.environment(), System.getProperties()));
    return ManagementToken.of(context).map(embedding::withManagementToken).orElse(embedding);
  }

  private static List<ExporterOptions> deployed(Arguments arguments) {
    Optional<String> classpath = arguments.find(CLASSPATH);
    if (classpath.isPresent() && !arguments.has(DEPLOY)) {
      throw new BadArguments("--classpath: without --deploy (expected: both, or neither)");
    }
    List<Path> paths =
        classpath.stream()
            .flatMap(text -> Stream.of(text.split(Pattern.quote(File.pathSeparator))))
            .filter(path -> !path.isEmpty())
            .map(Path::of)
            .toList();
    return arguments.find(DEPLOY).stream()
        .map(name -> ExporterOptions.of(DEPLOY.name(), name, paths))
        .toList();
  }

  private Config listening(Config config) {
    return http || config.grpcListen() != null
        ? config
        : config.withGrpcListen(ListenAddress.everywhere(GRPC_PORT));
  }

  private Overrides overrides(Overrides fromEnvironment, Arguments arguments) {
    return addresses(fromEnvironment, arguments)
        .with("telemetry.tokentrace.url", arguments.orNull(TOKENTRACE), TOKENTRACE.name())
        .with("log.level", arguments.orNull(LOG_LEVEL), LOG_LEVEL.name())
        .with("log.format", arguments.orNull(LOG_FORMAT), LOG_FORMAT.name());
  }

  private Overrides addresses(Overrides overrides, Arguments arguments) {
    if (http) {
      return overrides
          .with("listen", arguments.orNull(LISTEN), LISTEN.name())
          .with("grpc_listen", arguments.orNull(GRPC_ADDRESS), GRPC_ADDRESS.name());
    }
    String name = GRPC_ALONE_ADDRESS.name();
    // An address that is not used cannot be in the way.
    return overrides
        .with("listen", ":0", name)
        .with("grpc_listen", arguments.orNull(GRPC_ALONE_ADDRESS), name);
  }

  private static Duration grace(Arguments arguments) {
    return arguments
        .find(GRACE)
        .filter(text -> !text.isEmpty())
        .map(text -> DurationArgument.read(GRACE.name(), text))
        .orElse(DEFAULT_GRACE);
  }
}
