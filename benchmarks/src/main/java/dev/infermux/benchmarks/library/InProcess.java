package dev.infermux.benchmarks.library;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.config.Config;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptProgress;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.mock.Mock;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.provider.mock.MockProvider;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A mock that is asked through the library, and alone. Made and used on the serving loop. */
final class InProcess {

  private static final String MODEL = "m";

  private final Mock mock = Mock.named("mock").models(MODEL).answer("Hello from the mock");
  private final Vertx vertx;
  private final MockProvider alone;
  private final ChatRequest request;
  private final byte[] body;

  InProcess(Vertx vertx, String prompt) {
    this.vertx = vertx;
    this.alone =
        new MockProvider(
            vertx,
            VertxTimers.time(vertx),
            ProviderOptions.of("mock", ProviderType.MOCK).withModels(MODEL),
            mock);
    this.request = ChatRequest.of(MODEL, prompt);
    this.body =
        new JsonObject()
            .put("model", MODEL)
            .put(
                "messages",
                new JsonArray().add(new JsonObject().put("role", "user").put("content", prompt)))
            .toBuffer()
            .getBytes();
  }

  Future<InferMux> create() {
    return InferMux.create(vertx, Config.defaults(), InferMuxOptions.defaults().withMocks(mock));
  }

  Future<ChatResponse> through(InferMux library) {
    return library.chat(request);
  }

  /** What the mock does of such a call: it reads the request and writes the answer. */
  Future<?> alone() {
    Cancellation cancellation = new Cancellation();
    Call call =
        new Call(
            "req-1",
            Operation.CHAT,
            OpenAiRequestBody.scan(Operation.CHAT, body),
            null,
            Attribution.ANONYMOUS,
            null,
            CallerHeaders.NONE,
            Origin.LIBRARY,
            cancellation,
            0,
            0,
            Call.NO_DEADLINE,
            Call.UNHEARD,
            Call.UNKEPT);
    return alone.call(
        new Attempt(call, MODEL, null, 1, cancellation, AttemptProgress.UNHEARD, false, true));
  }
}
