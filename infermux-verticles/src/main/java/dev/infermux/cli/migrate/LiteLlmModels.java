package dev.infermux.cli.migrate;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code model_list}: deployments become providers, one an account, and names become aliases. */
final class LiteLlmModels {

  private static final String INFO = "model_info";

  /** How a model is asked there, which is no part of its name. */
  private static final Pattern ROUTE = Pattern.compile("^(?:responses|o_series|gpt5_series)/");

  private final Migration to;
  private final Map<String, SourceMap> credentials = new HashMap<>();

  LiteLlmModels(Migration to) {
    this.to = to;
  }

  void read(SourceMap file) {
    for (SourceMap credential : file.maps("credential_list")) {
      credential
          .text("credential_name")
          .ifPresent(name -> credentials.put(name, credential.map("credential_values")));
    }
    file.maps("model_list").forEach(this::deployment);
  }

  private SourceMap params(SourceMap entry) {
    SourceMap params = entry.map("litellm_params");
    SourceMap named = params.text("litellm_credential_name").map(credentials::get).orElse(null);
    if (named == null) {
      params.leave("litellm_credential_name");
      return params;
    }
    SourceMap filled = params.filledFrom(named);
    filled.ignore("litellm_credential_name");
    return filled;
  }

  private void deployment(SourceMap entry) {
    SourceMap params = params(entry);
    Optional<String> model = params.text("model");
    Optional<String> name = entry.text("model_name");
    if (model.isEmpty() || name.isEmpty()) {
      to.lose(entry.path() + ": no model_name, or no litellm_params.model");
      return;
    }
    int slash = model.get().indexOf('/');
    String prefix = slash < 0 ? vendor(model.get()) : model.get().substring(0, slash);
    String own = params.text("custom_llm_provider").orElse(prefix);
    Optional<Vendor> vendor = Vendor.of(own);
    if (vendor.isEmpty() && slash >= 0 && params.names().contains("api_base")) {
      own = "openai";
      vendor = Vendor.of(own); // most servers of one's own speak OpenAI's API
      to.lose(entry.path() + ": " + prefix + " is taken for an OpenAI-compatible API");
    }
    if (vendor.isEmpty()) {
      to.lose(entry.path() + ": " + name.get() + ": InferMux does not speak the API of " + own);
      return;
    }
    String target = ROUTE.matcher(model.get().substring(slash + 1)).replaceFirst("");
    Map<String, Object> account = account(entry, params, own, vendor.get(), target);
    if (account != null) {
      String base = base(entry.map(INFO), account, target);
      serve(entry, params, own, account, new Names(name.get(), base));
      rest(entry, params);
    }
  }

  /** Whose models have such names, where the file says only the name. */
  private static String vendor(String model) {
    return model.startsWith("claude-")
        ? "anthropic"
        : model.startsWith("gemini-") ? "vertex_ai" : "openai";
  }

  /**
   * The model behind a deployment of Azure, which has a price where the deployment's name has none;
   * the address alone says which deployment is asked.
   */
  private String base(SourceMap info, Map<String, Object> account, String target) {
    Optional<String> base = info.text("base_model");
    if (base.isEmpty()) {
      return target;
    }
    String model = base.get().substring(base.get().lastIndexOf('/') + 1);
    if (account.containsKey("azure_deployment")) {
      return model;
    }
    if (!model.equals(target)) {
      to.lose(info.path() + ".base_model");
    }
    return target;
  }

  /** What callers say, and what the provider is asked for. */
  private record Names(String asked, String target) {

    boolean wild() {
      return target.equals("*") || asked.endsWith("*");
    }
  }

  private void serve(
      SourceMap entry, SourceMap params, String own, Map<String, Object> account, Names names) {
    ProviderDraft provider =
        to.provider(own.replace('_', '-'), account, names.asked(), names.target());
    if (names.wild()) {
      provider.anyModel();
      if (names.asked().contains("/")) {
        to.lose(
            entry.path() + ": " + names.asked() + ": callers ask for models without the prefix");
      } else if (names.asked().equals("*")) {
        to.lose(entry.path() + ": *: the models of " + own + " alone");
      }
      return;
    }
    provider.serves(names.asked(), names.target());
    price(params, entry.map(INFO), provider.name(), names.target());
  }

  private @Nullable Map<String, Object> account(
      SourceMap entry, SourceMap params, String own, Vendor vendor, String target) {
    Map<String, Object> account = new LinkedHashMap<>();
    account.put("type", vendor.type());
    Optional<String> key = params.text("api_key").or(() -> variable(vendor));
    key.ifPresent(
        text -> account.put("api_key", LiteLlmValues.secret(to, params.path() + ".api_key", text)));
    Optional<String> base = params.text("api_base").or(() -> params.text("base_url"));
    base.map(url -> LiteLlmValues.address(url, vendor.type()))
        .or(() -> Optional.ofNullable(vendor.baseUrl()))
        .ifPresent(url -> account.put("base_url", url));
    if (base.isEmpty() && vendor.needsBaseUrl(own)) {
      to.lose(entry.path() + ": no api_base, so that it cannot be reached");
      return null;
    }
    if (vendor.type().equals("azure_openai") && target.contains("*")) {
      to.lose(entry.path() + ": " + target + ": each deployment of Azure is a provider of its own");
      return null;
    }
    if (vendor.type().equals("azure_openai")) {
      account.put("azure_deployment", target);
      params
          .text("api_version")
          .ifPresent(text -> account.put("azure_api_version", LiteLlmValues.reference(text)));
    }
    params
        .number("timeout", ImportedNumbers::seconds)
        .ifPresent(limit -> account.put("timeout", limit));
    headers(params).ifPresent(headers -> account.put("headers", headers));
    limits(params).ifPresent(limits -> account.put("rate_limits", limits));
    return account;
  }

  private static Optional<String> variable(Vendor vendor) {
    return vendor.keyVariable().isEmpty()
        ? Optional.empty()
        : Optional.of("os.environ/" + vendor.keyVariable());
  }

  private static Optional<Map<String, Object>> headers(SourceMap params) {
    Map<String, Object> headers = new LinkedHashMap<>();
    SourceMap extra = params.map("extra_headers");
    for (String name : extra.names()) {
      extra.text(name).ifPresent(value -> headers.put(name, LiteLlmValues.reference(value)));
    }
    params
        .text("organization")
        .ifPresent(id -> headers.put("OpenAI-Organization", LiteLlmValues.reference(id)));
    return headers.isEmpty() ? Optional.empty() : Optional.of(headers);
  }

  private static Optional<Map<String, Object>> limits(SourceMap params) {
    Map<String, Object> limits = new LinkedHashMap<>();
    params
        .number("rpm", ImportedNumbers::count)
        .ifPresent(rpm -> limits.put("requests_per_minute", rpm));
    params
        .number("tpm", ImportedNumbers::count)
        .ifPresent(tpm -> limits.put("tokens_per_minute", tpm));
    return limits.isEmpty() ? Optional.empty() : Optional.of(limits);
  }

  private void price(SourceMap params, SourceMap info, String provider, String model) {
    Map<String, Object> price = new LinkedHashMap<>();
    for (String side : List.of("input", "output")) {
      String key = side + "_cost_per_token";
      params
          .number(key, ImportedNumbers::perMillion)
          .or(() -> info.number(key, ImportedNumbers::perMillion))
          .ifPresent(usd -> price.put(side + "_per_million", usd));
    }
    if (price.size() == 1) {
      price.putIfAbsent("input_per_million", BigDecimal.ZERO);
      price.putIfAbsent("output_per_million", BigDecimal.ZERO);
    }
    if (!price.isEmpty()) {
      to.price(provider, model, price);
    }
  }

  private void rest(SourceMap entry, SourceMap params) {
    SourceMap info = entry.map(INFO);
    info.ignore("id", "mode", "base_model", "input_cost_per_token", "output_cost_per_token");
    info.ignore("max_tokens", "max_input_tokens", "max_output_tokens", "supports_vision");
    params.ignore("custom_llm_provider", "drop_params");
    for (SourceMap one : List.of(entry, params, info)) {
      one.rest().forEach(to::lose);
    }
  }
}
