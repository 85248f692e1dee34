package example;

import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.spi.ChatProvider;
import io.vertx.core.Future;
import java.util.List;

/** A model API of the program's own: it says everything in capitals. */
public final class OwnProvider implements ChatProvider {

  @Override
  public String name() {
    return "shouting";
  }

  @Override
  public List<String> models() {
    return List.of("shout-1");
  }

  @Override
  public Future<ChatResponse> chat(ChatRequest request, ProviderCall call) {
    String last = request.messages().get(request.messages().size() - 1).text();
    return Future.succeededFuture(
        ChatResponse.of(last.toUpperCase(java.util.Locale.ROOT)).withUsage(last.length() / 4, 1));
  }
}
