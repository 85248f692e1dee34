package dev.infermux.cli;

import dev.infermux.Version;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.BadArguments;
import dev.infermux.cli.process.BindFailure;
import dev.infermux.cli.process.Blocking;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import dev.infermux.cli.process.ProgramVertx;
import dev.infermux.cli.process.UserError;
import dev.infermux.config.MockScripts;
import dev.infermux.config.schema.Kind;
import dev.infermux.config.schema.ListenAddresses;
import dev.infermux.config.schema.Numbers;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.mock.ControlCommand;
import dev.infermux.mock.Mock;
import dev.infermux.mock.MockServer;
import dev.infermux.mock.script.MockPlan;
import dev.infermux.mock.script.MockScript;
import dev.infermux.mock.script.MockSyntaxException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** {@code infermux mock}: a scripted model API, until it is stopped. */
final class MockCommand implements Command {

  private static final Flag LISTEN =
      Flag.withValue(
              "--listen", "ADDRESS", "Where to listen. Default: :9999. Port 0 takes a free one.")
          .or("--addr");
  private static final Flag SCRIPT =
      Flag.withValue("--script", "FILE", "A script in YAML; docs/mock.md says what it may have.");
  private static final Flag PLAN =
      Flag.withValue(
          "--plan",
          "PLAN",
          "How requests are answered, such as \"ok 10s, status-503 5s, repeat\". Default: that of"
              + " the script, else ok.");
  private static final Flag SEED =
      Flag.withValue("--seed", "N", "Decides about all jitter. Default: that of the script, or 0.");
  private static final Flag REMEMBER =
      Flag.withValue("--remember", "N", "How many requests are remembered. Default: 1000.");
  private static final Flag STRICT =
      Flag.toggle("--strict", "Refuse fields that the real API does not know.");
  private static final ListenAddress DEFAULT_LISTEN = ListenAddress.everywhere(9_999);

  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux mock",
          "Starts a scripted model API that speaks all dialects, for trying out clients and"
              + " failures.",
          List.of(LISTEN, SCRIPT, PLAN, SEED, REMEMBER, STRICT, Flag.HELP),
          List.of(
              "A model called mock- and a behaviour gets that behaviour: mock-status-503.",
              "Exit codes: 0 stopped, 1 no such file, a bad script or bad arguments, 3 the address",
              "cannot be bound, 130 interrupted (Ctrl-C)."));

  @Override
  public CommandUsage usage() {
    return USAGE;
  }

  @Override
  public boolean prints() {
    return false;
  }

  @Override
  public int run(Arguments arguments, CommandContext context) {
    ListenAddress listen = flag(arguments, LISTEN, ListenAddresses.listen()).orElse(DEFAULT_LISTEN);
    int remember = flag(arguments, REMEMBER, Numbers.whole(1)).orElse(Mock.REMEMBERED);
    Vertx vertx = ProgramVertx.create();
    try {
      MockScript script = script(vertx, arguments, context);
      Mock mock = Mock.named("mock").script(script).remember(remember);
      return serve(vertx, listen, mock, context);
    } finally {
      Blocking.on(vertx.close());
    }
  }

  private static int serve(Vertx vertx, ListenAddress listen, Mock mock, CommandContext context) {
    CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    MockServer server = start(vertx, listen, mock);
    context.stopRequests().listen(exitCode::complete);
    tell(context.out(), mock, url(listen, server.port()));
    int code = exitCode.join();
    Blocking.on(server.close());
    return code;
  }

  private static MockServer start(Vertx vertx, ListenAddress listen, Mock mock) {
    try {
      return Blocking.on(
          MockServer.start(vertx, listen.host(), listen.port(), mock, new MockScripts()));
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException cause
          ? BindFailure.of(listen.toString(), LISTEN.name(), cause)
          : e;
    }
  }

  private static MockScript script(Vertx vertx, Arguments arguments, CommandContext context) {
    MockScript script =
        arguments
            .find(SCRIPT)
            .map(file -> read(vertx, Path.of(file), context))
            .orElse(MockScript.OK);
    Optional<String> plan = arguments.find(PLAN);
    try {
      script = plan.isPresent() ? script.withPlan(MockPlan.parse(plan.get())) : script;
    } catch (MockSyntaxException e) {
      throw new BadArguments(PLAN.name() + ": " + e.getMessage());
    }
    script = script.withStrict(script.strict() || arguments.has(STRICT));
    return script.withSeed(flag(arguments, SEED, Numbers.wholeLong(0)).orElse(script.seed()));
  }

  private static MockScript read(Vertx vertx, Path file, CommandContext context) {
    ControlCommand command = Blocking.on(MockScripts.read(vertx, file, context.environment()));
    if (!command.problems().isEmpty()) {
      throw new UserError(ExitCode.BAD_ARGUMENTS, String.join("\n  ", command.problems()));
    }
    return command.script();
  }

  private static <T> Optional<T> flag(Arguments arguments, Flag flag, Kind<T> kind) {
    return arguments
        .find(flag)
        .map(
            text ->
                kind.read(text)
                    .orElseThrow(
                        () ->
                            new BadArguments(
                                flag.name()
                                    + ": \""
                                    + text
                                    + "\" (expected: "
                                    + kind.expected()
                                    + ")")));
  }

  private static void tell(PrintWriter out, Mock mock, String url) {
    out.println("InferMux mock " + Version.current());
    out.println("plan: " + mock.script().plan());
    mock.script().models().forEach((model, plan) -> out.println("plan of " + model + ": " + plan));
    out.println("listening on " + url);
    out.println("try it:");
    out.println(
        "  curl "
            + url
            + "/v1/chat/completions -d '{\"model\":\"mock-pace-100ms\",\"stream\":true,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}'");
    out.println("  curl " + url + "/__mock/script -d 'ok 10s, status-503 5s, repeat'");
    out.println("  curl " + url + "/__mock/requests");
    out.flush();
  }

  private static String url(ListenAddress listen, int port) {
    boolean everywhere = listen.host().equals(ListenAddress.ALL_INTERFACES);
    return "http://" + new ListenAddress(everywhere ? "localhost" : listen.host(), port);
  }
}
