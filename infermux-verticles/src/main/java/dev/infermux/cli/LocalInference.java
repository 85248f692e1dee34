package dev.infermux.cli;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.cli.process.Blocking;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.ConfigSource;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.ProgramVertx;
import dev.infermux.cli.process.Routers;
import dev.infermux.cli.process.UserError;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.InferRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the providers of a configuration from this process, without any listener. */
final class LocalInference {

  private static final Logger LOG = LoggerFactory.getLogger(LocalInference.class);

  private final ConfigSource source;
  private final CommandContext context;

  LocalInference(ConfigSource source, CommandContext context) {
    this.source = source;
    this.context = context;
  }

  /**
   * Prints the answer.
   *
   * @throws UserError when there is none
   */
  void ask(InferRequest request, boolean stream) {
    Vertx vertx = ProgramVertx.create();
    try {
      ConfigResult.Loaded loaded =
          source.load(vertx, ReadOptions.of(context.environment()).withToServe(false));
      loaded.warnings().forEach(LOG::warn);
      InferMuxOptions once = InferMuxOptions.defaults().withHealthChecks(false);
      InferMux router = Routers.create(vertx, loaded.config(), once);
      Future<?> printed = stream ? streamed(router, request) : whole(router, request);
      Blocking.on(printed.eventually(router::close));
    } catch (InferenceException refused) {
      Failure failure = refused.failure();
      throw new UserError(ExitCode.CALL_FAILED, failure.code() + ": " + failure.message());
    } finally {
      Blocking.on(vertx.close());
    }
  }

  private Future<?> whole(InferMux router, InferRequest request) {
    return router.infer(request).onSuccess(answer -> context.out().println(answer.content()));
  }

  private Future<?> streamed(InferMux router, InferRequest request) {
    return router.inferStream(request).compose(this::print);
  }

  private Future<?> print(AnswerStream answer) {
    Promise<Void> printed = Promise.promise();
    StreamedText text = new StreamedText(context.out());
    answer.exceptionHandler(printed::tryFail);
    answer.endHandler(
        end -> {
          text.end();
          printed.tryComplete();
        });
    answer.handler(events -> events.toString(StandardCharsets.UTF_8).lines().forEach(text::line));
    answer.resume();
    return printed.future();
  }
}
