package dev.infermux.cli.migrate;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of one provider, each with the models that it is for. */
final class BifrostKeys {

  private static final String ANY = "*";
  private static final Set<String> WITHOUT_VERSION = Set.of("perplexity", "gemini");

  private final Migration to;
  private final String name;
  private final String api;
  private final Vendor vendor;
  private final Map<String, Object> common;

  /**
   * Reads nothing yet.
   *
   * @param name of the provider there
   * @param api whose API it has
   * @param common what all of its keys have
   */
  BifrostKeys(Migration to, String name, String api, Vendor vendor, Map<String, Object> common) {
    this.to = to;
    this.name = name.replace(' ', '-');
    this.api = api;
    this.vendor = vendor;
    this.common = common;
  }

  void read(SourceMap provider, Optional<String> url) {
    SourceMap meta = provider.map("meta_config"); // of older files: what a key has now
    List<SourceMap> keys = provider.maps("keys");
    if (keys.isEmpty()) {
      keys = List.of(SourceMap.of(provider.path(), Map.of()));
    }
    for (SourceMap key : keys) {
      SourceMap own = key.map(api + "_key_config");
      one(key, own.names().isEmpty() ? meta : own, url);
    }
  }

  private void one(SourceMap key, SourceMap own, Optional<String> base) {
    Optional<String> url =
        BifrostValues.text(own, "endpoint")
            .or(() -> BifrostValues.text(own, "url"))
            .or(() -> base)
            .map(this::versioned)
            .or(() -> Optional.ofNullable(vendor.baseUrl()));
    if (url.isEmpty() && vendor.needsBaseUrl(api)) {
      to.lose(key.path() + ": no base_url, so that it cannot be reached");
      return;
    }
    Map<String, Object> account = new LinkedHashMap<>(common);
    BifrostValues.text(key, "value").ifPresent(value -> account.put("api_key", value));
    url.ifPresent(text -> account.put("base_url", text));
    models(key, own, account);
    key.ignore("id", "name", "use_for_batch_api");
    key.rest().forEach(to::lose);
    own.rest().forEach(to::lose);
  }

  private void models(SourceMap key, SourceMap own, Map<String, Object> account) {
    Map<String, String> targets = targets(key.map("aliases"), own.map("deployments"));
    Set<String> models = new LinkedHashSet<>(SourceMap.texts(key.take("models")));
    own.text("model_name").ifPresent(models::add);
    boolean any = models.remove(ANY) || models.isEmpty();
    models.addAll(targets.keySet());
    if (vendor.type().equals("azure_openai")) {
      deployments(key, own, account, models, targets);
      return;
    }
    if (any) {
      ProviderDraft draft = to.provider(name, account, ANY, ANY);
      draft.anyModel();
      targets.forEach(draft::serves);
      return;
    }
    for (String model : models) {
      String target = targets.getOrDefault(model, model);
      to.provider(name, account, model, target).serves(model, target);
    }
  }

  /** Azure's deployments: a provider each. */
  private void deployments(
      SourceMap key,
      SourceMap own,
      Map<String, Object> account,
      Set<String> models,
      Map<String, String> targets) {
    @Nullable String version = BifrostValues.text(own, "api_version").orElse(null);
    if (models.isEmpty()) {
      to.lose(key.path() + ": no deployment is named, so that none can be asked");
    }
    for (String model : models) {
      Map<String, Object> deployment = new LinkedHashMap<>(account);
      deployment.put("azure_deployment", targets.getOrDefault(model, model));
      if (version != null) {
        deployment.put("azure_api_version", version);
      }
      to.provider(name, deployment, model, model).serves(model, model);
    }
  }

  private static Map<String, String> targets(SourceMap... all) {
    Map<String, String> targets = new LinkedHashMap<>();
    for (SourceMap one : all) {
      for (String model : one.names()) {
        one.text(model).ifPresent(target -> targets.put(model, target));
      }
    }
    return targets;
  }

  /** There the version is below what is written, here it is a part of it unless that is a host. */
  private String versioned(String url) {
    if (!vendor.type().equals("openai") || WITHOUT_VERSION.contains(api) || url.contains("${")) {
      return url;
    }
    String bare = url.replaceAll("/+$", "");
    boolean host = bare.indexOf('/', bare.indexOf("://") + 3) < 0;
    return host || bare.endsWith("/v1") ? bare : bare + "/v1";
  }
}
