package dev.infermux.inbound.http;

import dev.infermux.bus.BusAddresses;
import dev.infermux.bus.LocalBus;
import dev.infermux.dialect.openai.ErrorJson;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inbound.auth.Credentials;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.Operation;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;

/** A server with one route for chats, in front of a router that is a function of the test. */
final class OneRouteApi {

  static final String PATH = "/one";

  private OneRouteApi() {}

  /** Serves on a free port, which it returns. */
  static int listen(
      Vertx vertx,
      BufferedBytes account,
      Function<Call, Future<Answer>> router,
      AnswerFormat format) {
    EnvelopeCodec.register(vertx);
    new LocalBus(vertx).serve(BusAddresses.router("test", 0), router).await();
    RouterClient client = client(vertx, account);
    HttpApi api =
        new HttpApi(
            vertx,
            new HttpOptionsInForce(HttpOptions.defaults()),
            List.of(api(format)),
            (request, work) -> work.accept(client),
            null);
    return vertx.createHttpServer().requestHandler(api).listen(0, "127.0.0.1").await().actualPort();
  }

  /** Of the router of a test. */
  static RouterClient client(Vertx vertx, BufferedBytes account) {
    return new RouterClient(
        vertx,
        BusAddresses.router("test", 0),
        BusAddresses.refusals("test", 0),
        VertxTimers.time(vertx),
        account);
  }

  private static FrontApi api(AnswerFormat format) {
    CallReader reader =
        (exchange, caller, bytes) ->
            CallFactory.call(
                exchange,
                caller,
                PATH,
                Operation.CHAT,
                OpenAiRequestBody.scan(Operation.CHAT, bytes));
    return new FrontApi(
        Credentials.BEARER,
        new ErrorFormat(ErrorJson::of, ErrorJson::event),
        List.of(
            HttpRoute.post(
                PATH, new InferenceEndpoint(Operation.CHAT, () -> 10_000, reader, format))));
  }
}
