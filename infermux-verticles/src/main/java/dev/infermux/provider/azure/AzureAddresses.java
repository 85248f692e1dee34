package dev.infermux.provider.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.provider.ProviderOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a resource of Azure's has OpenAI's API: in one place, where models are the names of
 * deployments ({@code …/openai/v1}), or in one for each deployment, under a dated version.
 */
final class AzureAddresses {

  private static final String ROOT = "/openai";
  private static final String ONE_PLACE = ROOT + "/v1";

  /** Versions that only the one place has; it needs none of them but the preview. */
  private static final Set<String> VERSIONS_OF_ONE_PLACE = Set.of("v1", "latest", "preview");

  private static final String PREVIEW = "preview";

  private final URI base;
  private final String root;
  private final @Nullable String version;
  private final boolean onePlace;

  AzureAddresses(ProviderOptions options) {
    base = options.baseUrl();
    String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    String asked = options.azureApiVersion();
    onePlace = path.endsWith(ONE_PLACE) || VERSIONS_OF_ONE_PLACE.contains(asked);
    String wanted = onePlace ? ONE_PLACE : ROOT;
    root =
        path.endsWith(wanted)
            ? path
            : path.endsWith(ROOT) ? path + wanted.substring(ROOT.length()) : path + wanted;
    version = !onePlace || asked.equals(PREVIEW) ? asked : null;
  }

  /** Whether all deployments share one address. */
  boolean onePlace() {
    return onePlace;
  }

  /** Where the resource lists its models, and has all deployments where these share it. */
  URI resource() {
    return at(root);
  }

  /** Where the API of one deployment is. */
  URI deployment(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      String message = "model: \"" + name + "\" (expected: the name of a deployment)";
      throw new InferenceException(new Failure.InvalidRequest(message, "model"));
    }
    String segment = URLEncoder.encode(name, UTF_8).replace("+", "%20");
    return at(root + "/deployments/" + segment);
  }

  private URI at(String path) {
    StringBuilder url = new StringBuilder();
    url.append(base.getScheme()).append("://").append(base.getRawAuthority()).append(path);
    String query = base.getRawQuery();
    if (query != null) {
      url.append('?').append(query);
    }
    if (version != null) {
      url.append(query == null ? '?' : '&').append("api-version=");
      url.append(URLEncoder.encode(version, UTF_8));
    }
    return URI.create(url.toString());
  }
}
