package dev.infermux.cli.migrate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code config.json} of Bifrost: each key of a provider becomes a provider. */
final class BifrostConfig {

  private static final String VARIABLE = "env.";

  private BifrostConfig() {}

  static Migration read(String source, SourceMap file) {
    Migration to = new Migration(source);
    SourceMap providers = file.map("providers");
    for (String name : providers.names()) {
      SourceMap provider = providers.map(name);
      Optional<Vendor> vendor = Vendor.of(name);
      if (vendor.isEmpty()) {
        to.lose(provider.path() + ": InferMux does not speak its API");
      } else {
        provider(to, name, vendor.get(), provider);
      }
    }
    file.rest().forEach(to::lose);
    to.lose("callers ask for gpt-4o where they asked for openai/gpt-4o");
    return to;
  }

  private static void provider(Migration to, String name, Vendor vendor, SourceMap provider) {
    SourceMap network = provider.map("network_config");
    Optional<String> url = network.text("base_url").or(() -> Optional.ofNullable(vendor.baseUrl()));
    if (url.isEmpty() && vendor.needsBaseUrl(name)) {
      to.lose(provider.path() + ": no base_url, so that it cannot be reached");
      return;
    }
    network
        .positive("max_retries")
        .ifPresent(retries -> to.set("routing.retry.attempts", retries.intValue()));
    for (SourceMap key : provider.maps("keys")) {
      Map<String, Object> account = new LinkedHashMap<>();
      account.put("type", vendor.type());
      key.text("value").ifPresent(value -> account.put("api_key", reference(value)));
      url.ifPresent(text -> account.put("base_url", reference(text)));
      network
          .positive("default_request_timeout_in_seconds")
          .ifPresent(seconds -> account.put("timeout", LiteLlmModels.seconds(seconds)));
      models(to, name, account, SourceMap.texts(key.take("models")));
      key.ignore("id", "name");
      key.rest().forEach(to::lose);
    }
    network.rest().forEach(to::lose);
    provider.rest().forEach(to::lose);
  }

  private static void models(
      Migration to, String name, Map<String, Object> account, List<String> models) {
    if (models.isEmpty() || models.contains("*")) {
      to.provider(name, account, "*", "*").anyModel();
    }
    for (String model : models) {
      if (!model.equals("*")) {
        to.provider(name, account, model, model).serves(model, model);
      }
    }
  }

  private static String reference(String text) {
    return text.startsWith(VARIABLE)
        ? "${" + text.substring(VARIABLE.length()) + "}"
        : text.replace("$", "$$");
  }
}
