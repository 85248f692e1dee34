package dev.infermux.cli.migrate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code config.json} of Bifrost: each key of a provider becomes a provider. */
final class BifrostConfig {

  private static final String RETRIES = "max_retries";

  private final Migration to;

  private BifrostConfig(Migration to) {
    this.to = to;
  }

  static Migration read(String source, SourceMap file) {
    Migration to = new Migration(source);
    SourceMap providers = file.map("providers");
    for (String name : providers.names()) {
      new BifrostConfig(to).provider(name, providers.map(name));
    }
    providers.rest().forEach(to::lose);
    boolean enforced = file.map("client").flag("enforce_governance_header");
    file.leave("client");
    new BifrostCallers(to).read(file.map("governance"), enforced);
    file.ignore("$schema", "version");
    file.rest().forEach(to::lose);
    to.lose(
        "callers ask for gpt-4o where they asked for openai/gpt-4o, and whoever has it answers");
    return to;
  }

  private void provider(String name, SourceMap provider) {
    SourceMap custom = provider.map("custom_provider_config");
    String api = custom.text("base_provider_type").orElse(name);
    Optional<Vendor> vendor = Vendor.of(api);
    if (vendor.isEmpty()) {
      to.lose(provider.path() + ": InferMux does not speak its API");
      return;
    }
    SourceMap network = provider.map("network_config");
    retries(network);
    Map<String, Object> account = new LinkedHashMap<>();
    account.put("type", vendor.get().type());
    network
        .number("default_request_timeout_in_seconds", ImportedNumbers::seconds)
        .ifPresent(limit -> account.put("timeout", limit));
    headers(network.map("extra_headers")).ifPresent(all -> account.put("headers", all));
    new BifrostKeys(to, name, api, vendor.get(), account)
        .read(provider, BifrostValues.text(network, "base_url"));
    custom.ignore("is_key_less", "allowed_requests");
    network.ignore("allow_private_network");
    List.of(custom, network, provider).forEach(one -> one.rest().forEach(to::lose));
  }

  /** Those of the first provider that says so; retries are of all providers. */
  private void retries(SourceMap network) {
    Optional<String> text = network.text(RETRIES).filter(one -> one.matches("\\d{1,3}"));
    boolean same = text.filter(one -> to.retries(Integer.parseInt(one))).isPresent();
    if (!same) {
      network.leave(RETRIES);
    }
  }

  private static Optional<Map<String, Object>> headers(SourceMap extra) {
    Map<String, Object> headers = new LinkedHashMap<>();
    for (String name : extra.names()) {
      BifrostValues.text(extra, name).ifPresent(value -> headers.put(name, value));
    }
    return headers.isEmpty() ? Optional.empty() : Optional.of(headers);
  }
}
