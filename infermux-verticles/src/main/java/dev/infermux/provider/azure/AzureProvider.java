package dev.infermux.provider.azure;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.spi.HealthCheck;
import dev.infermux.spi.Provider;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Azure OpenAI: OpenAI's API, asked at the address of a deployment.
 *
 * <p>A model that {@code model_aliases} names is a deployment; every other one is served by {@code
 * azure_deployment}. Without that each model is a deployment of its own name. Used on one event
 * loop.
 */
public final class AzureProvider implements Provider {

  /** Deployments that are called in one life; names of models come from callers. */
  private static final int MOST_DEPLOYMENTS = 256;

  private final ProviderOptions options;
  private final AzureAddresses addresses;
  private final Function<ProviderOptions, Provider> apis;
  private final Provider resource;
  private final Map<String, Provider> deployments = new HashMap<>();

  /**
   * @param apis makes OpenAI's API at the base URL of the options
   */
  public AzureProvider(ProviderOptions options, Function<ProviderOptions, Provider> apis) {
    this.options = options;
    this.addresses = new AzureAddresses(options);
    this.apis = apis;
    this.resource = apis.apply(options.withBaseUrl(addresses.resource()));
  }

  @Override
  public boolean speaks(Dialect dialect, Operation operation) {
    return addresses.onePlace()
        ? resource.speaks(dialect, operation)
        : Provider.super.speaks(dialect, operation);
  }

  @Override
  public boolean speaks(Dialect dialect, Operation operation, String model) {
    return addresses.onePlace()
        ? resource.speaks(dialect, operation, deployment(model))
        : speaks(dialect, operation);
  }

  @Override
  public Future<Answer> call(Attempt attempt) {
    String deployment = deployment(attempt.model());
    Provider api;
    try {
      api = api(deployment);
    } catch (InferenceException refused) {
      return Future.failedFuture(refused);
    }
    Attempt named = addresses.onePlace() ? attempt.withModel(deployment) : attempt;
    return api.call(named);
  }

  private String deployment(String model) {
    String usual = options.azureDeployment();
    return usual == null || options.modelAliases().containsValue(model) ? model : usual;
  }

  private Provider api(String deployment) {
    if (addresses.onePlace()) {
      return resource;
    }
    Provider known = deployments.get(deployment);
    if (known != null) {
      return known;
    }
    if (deployments.size() >= MOST_DEPLOYMENTS) {
      String message =
          "model: \""
              + deployment
              + "\" is no deployment that provider \""
              + options.name()
              + "\" has used";
      throw new InferenceException(new Failure.ModelNotFound(message));
    }
    Provider made = apis.apply(options.withBaseUrl(addresses.deployment(deployment)));
    deployments.put(deployment, made);
    return made;
  }

  @Override
  public Future<Void> check(HealthCheck check) {
    Attempt completion = check.completion();
    return completion == null ? resource.check(check) : call(completion).mapEmpty();
  }

  @Override
  public Future<Void> close() {
    Future<Void> closed = resource.close();
    for (Provider deployment : deployments.values()) {
      closed = closed.eventually(deployment::close);
    }
    return closed;
  }
}
