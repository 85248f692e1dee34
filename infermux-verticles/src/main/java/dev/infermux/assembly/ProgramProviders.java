package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.inference.Operation;
import dev.infermux.inference.UnknownProvider;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.program.ProgramProvider;
import dev.infermux.spi.ChatProvider;
import dev.infermux.time.Time;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The providers that a program has brought, by name, and how they join a configuration. */
public final class ProgramProviders {

  private final Map<String, ChatProvider> byName = new ConcurrentHashMap<>();

  ProgramProviders(List<ChatProvider> providers) {
    providers.forEach(provider -> byName.put(name(provider), provider));
  }

  /** Empty for an entry of another kind. */
  Optional<RegisteredProvider> register(ProviderEntry entry, Time time) {
    ProviderOptions options = entry.options();
    ChatProvider own = byName.get(options.name());
    if (options.type() != ProviderType.PROGRAM || own == null) {
      return Optional.empty();
    }
    Set<Operation> operations = EnumSet.of(Operation.CHAT);
    if (own instanceof ChatProvider.Embedding) {
      operations.add(Operation.EMBEDDINGS);
    }
    return Optional.of(
        ProviderTypes.forEveryDialect(
            new RegisteredProvider(
                options,
                operations,
                (vertx, asked) -> new ProgramProvider(vertx, own, asked, time))));
  }

  /** The configuration with an entry for a provider that joins, which is kept for it. */
  Config with(Config config, ChatProvider provider) {
    Config next = with(config, entry(config, provider));
    byName.put(name(provider), provider);
    return next;
  }

  /**
   * The configuration with an entry for each of these; one that the program has made itself for its
   * provider stays as it is.
   */
  public static Config completed(Config config, List<ChatProvider> providers) {
    Config all = config;
    for (ChatProvider provider : providers) {
      String name = name(provider);
      boolean there =
          config.providers().stream()
              .map(ProviderEntry::options)
              .anyMatch(own -> own.name().equals(name) && own.type() == ProviderType.PROGRAM);
      all = there ? all : with(all, entry(config, provider));
    }
    return all;
  }

  private static ProviderEntry entry(Config config, ChatProvider provider) {
    List<String> models = told("models", provider, provider::models);
    return ProviderEntry.of(
            ProviderOptions.of(name(provider), ProviderType.PROGRAM)
                .withModels(models.isEmpty() ? null : models))
        .withCircuit(config.circuit());
  }

  static String name(ChatProvider provider) {
    return told("name", provider, provider::name);
  }

  /** What a provider says of itself; one that throws or says nothing is named by its class. */
  private static <T> T told(String what, ChatProvider provider, Supplier<T> said) {
    String where = "provider " + provider.getClass().getName() + ": " + what + "()";
    T value;
    try {
      value = said.get();
    } catch (RuntimeException thrown) {
      throw new IllegalArgumentException(
          where + " threw " + thrown.getClass().getSimpleName(), thrown);
    }
    if (value == null) {
      throw new IllegalArgumentException(where + ": null (expected: a value)");
    }
    return value;
  }

  /**
   * The configuration with one provider more.
   *
   * @throws IllegalArgumentException when there is one of its name
   */
  static Config with(Config config, ProviderEntry entry) {
    String name = entry.options().name();
    if (has(config, name)) {
      throw new IllegalArgumentException(
          "provider: \"" + name + "\" (expected: a name that no other provider has)");
    }
    return config.withProvider(entry);
  }

  /**
   * The configuration without a provider.
   *
   * @throws IllegalArgumentException when there is none of this name
   */
  static Config without(Config config, String name) {
    if (!has(config, name)) {
      throw new IllegalArgumentException(
          UnknownProvider.text(
              name, config.providers().stream().map(entry -> entry.options().name())));
    }
    return config.withProviders(
        config.providers().stream().filter(entry -> !entry.options().name().equals(name)).toList());
  }

  private static boolean has(Config config, String name) {
    return config.providers().stream().anyMatch(entry -> entry.options().name().equals(name));
  }
}
