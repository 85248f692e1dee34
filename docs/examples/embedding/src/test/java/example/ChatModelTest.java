package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

/** LangChain4j on top of InferMux. */
class ChatModelTest {

  @Test
  void langchain4j_asks_infermux() {
    Vertx vertx = Vertx.vertx();
    var options = InferMuxOptions.defaults().withProviders(new OwnProvider());
    var infermux = InferMux.create(vertx, Config.defaults(), options).await();

    var model = new InferMuxChatModel(infermux.blocking(), "shout-1");

    assertEquals("HELLO", model.chat("hello"));
    vertx.close().await();
  }
}
