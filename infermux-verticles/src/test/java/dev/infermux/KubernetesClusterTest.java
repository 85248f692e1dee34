package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.testing.Programs;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Three replicas as one cluster: the manifests that values-cluster.yaml makes of the chart. */
@ExtendWith(VertxExtension.class)
class KubernetesClusterTest {

  private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
  private static final Path MANIFESTS = DEPLOY.resolve("kubernetes/cluster");
  private static final Path CHART = DEPLOY.resolve("helm/infermux");

  @TempDir Path directory;

  @Test
  void nodes_keep_their_journal_find_each_other_early_and_go_one_at_a_time() throws Exception {
    JsonObject set = one("StatefulSet").getJsonObject("spec");
    JsonObject headless = named("Service", "infermux-cluster").getJsonObject("spec");

    assertThat(set.getInteger("replicas")).isEqualTo(3);
    assertThat(set.getString("serviceName")).isEqualTo("infermux-cluster");
    assertThat(set.getString("podManagementPolicy")).isEqualTo("Parallel");
    assertThat(set.getJsonArray("volumeClaimTemplates").encode()).contains("\"storage\":\"1Gi\"");
    assertThat(headless.getString("clusterIP")).isEqualTo("None");
    assertThat(headless.getBoolean("publishNotReadyAddresses")).isTrue();
    assertThat(one("PodDisruptionBudget").getJsonObject("spec").getInteger("maxUnavailable"))
        .isEqualTo(1);
    JsonObject pod = set.getJsonObject("template").getJsonObject("spec");
    assertThat(pod.getInteger("terminationGracePeriodSeconds")).isGreaterThan(5 + 30);
    assertThat(pod.encode())
        .contains("podAntiAffinity", "\"sleep\",\"5\"", "status.podIP", "/_infermux/ready");
  }

  @Test
  void nobody_but_the_nodes_reaches_the_ports_of_the_cluster() throws Exception {
    JsonObject policy = one("NetworkPolicy").getJsonObject("spec");
    JsonArray rules = policy.getJsonArray("ingress");

    assertThat(policy.getJsonArray("policyTypes")).containsExactly("Ingress");
    assertThat(rules.getJsonObject(0).encode())
        .contains("\"http\"", "\"management\"")
        .doesNotContain("cluster");
    assertThat(rules.getJsonObject(1).encode())
        .contains("\"cluster\"", "\"cluster-bus\"", "app.kubernetes.io/name\":\"infermux\"");
    assertThat(rules.getJsonObject(1).getJsonArray("from").encode())
        .isEqualTo("[{\"podSelector\":" + policy.getJsonObject("podSelector").encode() + "}]");
  }

  @Test
  void configuration_of_a_pod_makes_it_a_node(Vertx vertx) throws Exception {
    Path file = directory.resolve("infermux.yml");
    Files.writeString(file, one("ConfigMap").getJsonObject("data").getString("infermux.yml"));
    ReadOptions options = ReadOptions.of(Map.of("POD_IP", "10.1.2.3")).withStrict(true);

    ConfigResult read = ConfigReader.read(vertx, file, options).await();

    assertThat(read)
        .isInstanceOfSatisfying(
            ConfigResult.Loaded.class,
            loaded ->
                assertThat(loaded.config().cluster())
                    .isEqualTo(
                        ClusterOptions.defaults()
                            .withEnabled(true)
                            .withHost("10.1.2.3")
                            .withServiceDns("infermux-cluster.infermux.svc.cluster.local")));
  }

  @Test
  void manifests_are_what_the_chart_renders() throws Exception {
    Programs.require("helm");

    Programs.run(DEPLOY.resolve("kubernetes/render.sh").toString(), directory.toString());

    try (Stream<Path> rendered = Files.list(directory.resolve("cluster"))) {
      List<Path> files = rendered.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(files).hasSize(7);
      for (Path file : files) {
        assertThat(file).hasSameTextualContentAs(MANIFESTS.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void chart_takes_a_deployment_and_a_certificate_where_asked() throws Exception {
    Programs.require("helm");

    String deployment = template("--set", "cluster.kind=Deployment,cluster.tlsSecret=bus");
    String refused = refused("--set", "persistence.enabled=true,replicas=1");

    assertThat(deployment)
        .contains("kind: Deployment", "maxUnavailable: 1, maxSurge: 0", "emptyDir: {}")
        .contains("secretName: bus", "ca_file: /etc/infermux-cluster/ca.crt")
        .doesNotContain("StatefulSet", "volumeClaimTemplates");
    assertThat(refused).contains("expected: cluster.journal");
    assertThat(template("--set", "config.budgets.callers[0].caller=a"))
        .contains("state_file: /var/lib/infermux/budgets.json");
  }

  @Test
  void manifests_fit_the_schemas_of_kubernetes() throws Exception {
    Programs.require("kubernetes-validate");
    List<String> command = new ArrayList<>(List.of("kubernetes-validate", "--strict"));
    files().forEach(file -> command.add(file.toString()));

    assertThat(Programs.run(command.toArray(String[]::new)))
        .contains("passed for resource statefulset/infermux")
        .doesNotContain("ERROR");
  }

  @Test
  void kustomize_takes_all_manifests() throws Exception {
    Programs.require("kubectl");

    assertThat(parse(Programs.run("kubectl", "kustomize", MANIFESTS.toString())))
        .hasSameSizeAs(manifests())
        .allMatch(m -> "infermux".equals(m.getJsonObject("metadata").getString("namespace")));
  }

  private static JsonObject one(String kind) throws IOException {
    return manifests().stream().filter(m -> kind.equals(m.getString("kind"))).findFirst().get();
  }

  private static JsonObject named(String kind, String name) throws IOException {
    return manifests().stream()
        .filter(m -> kind.equals(m.getString("kind")))
        .filter(m -> name.equals(m.getJsonObject("metadata").getString("name")))
        .findFirst()
        .get();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(MANIFESTS)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .sorted()
          .toList();
    }
  }

  private static List<JsonObject> manifests() throws IOException {
    List<JsonObject> manifests = new ArrayList<>();
    for (Path file : files()) {
      manifests.addAll(parse(Files.readString(file)));
    }
    return manifests;
  }

  private static List<JsonObject> parse(String yaml) {
    List<JsonObject> documents = new ArrayList<>();
    for (Object document : new Yaml().loadAll(yaml)) {
      documents.add(new JsonObject(Json.encode(document)));
    }
    return documents;
  }

  private static String template(String... more) throws IOException, InterruptedException {
    return Programs.run(helm(more));
  }

  private static String refused(String... more) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(helm(more)).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isNotZero();
    return out;
  }

  private static String[] helm(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "helm",
                "template",
                "x",
                CHART.toString(),
                "--kube-version",
                "1.32.0",
                "--values",
                CHART.resolve("values-cluster.yaml").toString()));
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }
}
