package dev.infermux.assembly;

import dev.infermux.config.ProviderEntry;
import dev.infermux.dialect.openai.OpenAiPaths;
import dev.infermux.inference.Operation;
import dev.infermux.mock.Mock;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.anthropic.AnthropicProvider;
import dev.infermux.provider.azure.AzureProvider;
import dev.infermux.provider.echo.EchoProvider;
import dev.infermux.provider.http.ApiRequests.KeyHeader;
import dev.infermux.provider.mock.MockProvider;
import dev.infermux.provider.ollama.OllamaProvider;
import dev.infermux.provider.openai.OpenAiProvider;
import dev.infermux.provider.translate.TranslatingProvider;
import dev.infermux.time.Time;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which adapter serves which type of provider. */
final class ProviderTypes {

  private ProviderTypes() {}

  static RegisteredProvider register(ProviderEntry entry, List<Mock> mocks, Time time) {
    return forEveryDialect(spoken(entry, mocks, time));
  }

  /** What a provider does not speak is translated for it. */
  static RegisteredProvider forEveryDialect(RegisteredProvider own) {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    operations.addAll(own.operations());
    if (operations.contains(Operation.CHAT)) {
      operations.add(Operation.COUNT_TOKENS);
    }
    return new RegisteredProvider(
        own.options(),
        operations,
        (vertx, options) ->
            new TranslatingProvider(
                own.factory().create(vertx, options), own.name(), ChatSides.TRANSLATORS));
  }

  private static RegisteredProvider spoken(ProviderEntry entry, List<Mock> mocks, Time time) {
    ProviderOptions options = entry.options();
    return switch (options.type()) {
      case ECHO ->
          new RegisteredProvider(
              options,
              EnumSet.of(Operation.CHAT, Operation.COMPLETION),
              (vertx, own) -> new EchoProvider(vertx, time.ticker()));
      case OPENAI ->
          new RegisteredProvider(options, openAi(), OpenAiProvider.factory(time, options));
      case ANTHROPIC ->
          new RegisteredProvider(
              options,
              EnumSet.of(Operation.CHAT, Operation.COMPLETION),
              (vertx, own) -> new AnthropicProvider(vertx, time, own));
      case AZURE_OPENAI ->
          new RegisteredProvider(
              options,
              openAi(),
              (vertx, own) ->
                  new AzureProvider(
                      own, api -> new OpenAiProvider(vertx, time, api, KeyHeader.API_KEY)));
      case OLLAMA ->
          new RegisteredProvider(
              options,
              EnumSet.copyOf(OllamaProvider.OPERATIONS),
              (vertx, own) -> new OllamaProvider(vertx, time, own));
      case MOCK -> mock(options, mocks, time);
      case PROGRAM ->
          throw new IllegalArgumentException(
              "provider: \""
                  + options.name()
                  + "\" is a program's own and was not handed over (expected: it among the"
                  + " providers of InferMuxOptions)");
    };
  }

  private static Set<Operation> openAi() {
    Set<Operation> operations = EnumSet.copyOf(OpenAiPaths.OPERATIONS);
    operations.add(Operation.STORED_RESPONSE);
    operations.addAll(OpenAiPaths.RELAYED.values());
    return operations;
  }

  /** All cells play the same mock: the program's own, or one made for the configuration. */
  private static RegisteredProvider mock(ProviderOptions options, List<Mock> mocks, Time time) {
    Mock mock =
        mocks.stream()
            .filter(own -> own.name().equals(options.name()))
            .findFirst()
            .orElseGet(() -> Mock.named(options.name()).script(options.mock()));
    Set<Operation> operations = EnumSet.copyOf(OpenAiPaths.OPERATIONS);
    operations.addAll(OpenAiPaths.RELAYED.values());
    return new RegisteredProvider(
        options, operations, (vertx, own) -> new MockProvider(vertx, time, own, mock));
  }
}
