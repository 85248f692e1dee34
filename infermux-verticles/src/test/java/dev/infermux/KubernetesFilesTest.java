package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import dev.infermux.testing.Programs;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The chart and the manifests that are rendered from it. No cluster runs them: they are read here,
 * and where helm, kubectl and kubernetes-validate are installed these have their say.
 */
@ExtendWith(VertxExtension.class)
class KubernetesFilesTest {

  private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
  private static final Path MANIFESTS = DEPLOY.resolve("kubernetes");
  private static final Path CHART = DEPLOY.resolve("helm/infermux");

  @TempDir Path directory;

  @Test
  void probes_ask_the_management_listener_and_a_pod_has_the_time_to_drain() throws Exception {
    JsonObject pod = pod();
    JsonObject container = pod.getJsonArray("containers").getJsonObject(0);

    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      JsonObject get = container.getJsonObject(probe).getJsonObject("httpGet");
      assertThat(get.getString("port")).isEqualTo("management");
      assertThat(get.getString("path"))
          .isEqualTo(probe.startsWith("readiness") ? "/_infermux/ready" : "/_infermux/health");
    }
    List<?> arguments = container.getJsonArray("args").getList();
    String grace = (String) arguments.get(arguments.indexOf("--graceful-shutdown") + 1);
    List<?> sleep =
        container
            .getJsonObject("lifecycle")
            .getJsonObject("preStop")
            .getJsonObject("exec")
            .getJsonArray("command")
            .getList();
    assertThat(pod.getInteger("terminationGracePeriodSeconds"))
        .isGreaterThan(seconds(grace) + seconds((String) sleep.get(1)));
  }

  @Test
  void pod_has_no_rights_and_no_state() throws Exception {
    JsonObject pod = pod();
    JsonObject security =
        pod.getJsonArray("containers").getJsonObject(0).getJsonObject("securityContext");

    assertThat(pod.getJsonObject("securityContext").getBoolean("runAsNonRoot")).isTrue();
    assertThat(security.getBoolean("readOnlyRootFilesystem")).isTrue();
    assertThat(security.getBoolean("allowPrivilegeEscalation")).isFalse();
    assertThat(security.getJsonObject("capabilities").encode()).contains("\"drop\":[\"ALL\"]");
    assertThat(pod.getJsonArray("volumes").encode()).doesNotContain("persistentVolumeClaim");
  }

  @Test
  void services_find_the_pods_and_their_ports() throws Exception {
    JsonObject template = one("Deployment").getJsonObject("spec").getJsonObject("template");
    Map<String, Object> labels =
        template.getJsonObject("metadata").getJsonObject("labels").getMap();
    Set<String> ports = new TreeSet<>();
    pod()
        .getJsonArray("containers")
        .getJsonObject(0)
        .getJsonArray("ports")
        .forEach(port -> ports.add(((JsonObject) port).getString("name")));

    List<JsonObject> services = of("Service", manifests());
    assertThat(services).hasSize(2);
    for (JsonObject service : services) {
      JsonObject spec = service.getJsonObject("spec");
      assertThat(labels).containsAllEntriesOf(spec.getJsonObject("selector").getMap());
      spec.getJsonArray("ports")
          .forEach(port -> assertThat(ports).contains(((JsonObject) port).getString("targetPort")));
    }
  }

  @Test
  void configuration_in_the_manifests_is_strictly_valid(Vertx vertx) throws Exception {
    Path file = directory.resolve("infermux.yml");
    Files.writeString(file, one("ConfigMap").getJsonObject("data").getString("infermux.yml"));

    ConfigResult read =
        ConfigReader.read(vertx, file, ReadOptions.of(Map.of()).withStrict(true)).await();

    assertThat(read)
        .isInstanceOfSatisfying(
            ConfigResult.Loaded.class,
            loaded -> {
              assertThat(loaded.warnings()).isEmpty();
              assertThat(loaded.config().http().listen()).hasToString(":8080");
              assertThat(loaded.config().managementListen()).hasToString(":8081");
            });
  }

  @Test
  void manifests_are_what_the_chart_renders() throws Exception {
    Programs.require("helm");
    assertThat(Programs.run("helm", "lint", "--strict", CHART.toString()))
        .contains("0 chart(s) failed");

    Programs.run(MANIFESTS.resolve("render.sh").toString(), directory.toString());

    try (Stream<Path> rendered = Files.list(directory)) {
      List<Path> files = rendered.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(files).hasSize(6);
      for (Path file : files) {
        assertThat(file).hasSameTextualContentAs(MANIFESTS.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void chart_keeps_state_where_asked_with_one_replica_alone() throws Exception {
    Programs.require("helm");
    String set =
        "replicas=1,persistence.enabled=true,serviceMonitor.enabled=true,"
            + "config.grpc_listen=:8601,secrets.OPENAI_API_KEY=k,javaOptions=-Xmx1g";

    List<JsonObject> rendered = parse(template("--set", set));

    assertThat(of("PersistentVolumeClaim", rendered)).hasSize(1);
    assertThat(of("ServiceMonitor", rendered)).hasSize(1);
    assertThat(of("PodDisruptionBudget", rendered)).isEmpty();
    assertThat(of("Secret", rendered).get(0).encode()).contains("\"OPENAI_API_KEY\":\"k\"");
    assertThat(of("Deployment", rendered).get(0).encode())
        .contains("\"type\":\"Recreate\"", "\"containerPort\":8601", "-Xmx1g");
    assertThat(refused("--set", "persistence.enabled=true")).contains("expected: replicas: 1");
    assertThat(refused("--set", "gracefulShutdown=3")).contains("gracefulShutdown");
  }

  @Test
  void what_would_do_nothing_or_start_no_pod_is_refused() throws Exception {
    Programs.require("helm");

    assertThat(refused("--set", "existingSecret=mine,secrets.A=b"))
        .contains("secrets: existingSecret is used in their place");
    assertThat(refused("--set", "config.budgets.state_file=/var/lib/infermux/b.json"))
        .contains("config.budgets.state_file", "expected: persistence.enabled");
    assertThat(refused("--set", "config.management_listen=127.0.0.1:8081"))
        .contains("config.management_listen: no probe and no other pod reaches it");
    String kept = "replicas=1,persistence.enabled=true,config.budgets.unpriced=refuse";
    assertThat(of("ConfigMap", parse(template("--set", kept))).get(0).encode())
        .contains("state_file: /var/lib/infermux/budgets.json");
  }

  @Test
  void prometheus_has_the_token_of_a_secret_that_exists_already() throws Exception {
    Programs.require("helm");
    String set = "serviceMonitor.enabled=true,serviceMonitor.token=true,existingSecret=mine";

    JsonObject monitor = of("ServiceMonitor", parse(template("--set", set))).get(0);

    assertThat(monitor.encode())
        .contains("\"credentials\":{\"name\":\"mine\",\"key\":\"INFERMUX_MANAGEMENT_TOKEN\"}");
  }

  @Test
  void files_of_a_secret_are_mounted_where_they_are_asked_for() throws Exception {
    Programs.require("helm");
    String set =
        "extraVolumes[0].name=tls,extraVolumes[0].secret.secretName=mine,"
            + "extraVolumeMounts[0].name=tls,extraVolumeMounts[0].mountPath=/etc/tls";

    assertThat(of("Deployment", parse(template("--set", set))).get(0).encode())
        .contains("{\"name\":\"tls\",\"secret\":{\"secretName\":\"mine\"}}")
        .contains("{\"mountPath\":\"/etc/tls\",\"name\":\"tls\"}");
    assertThat(refused("--set", "extraVolumes[0].name=config")).contains("extraVolumes");
  }

  @Test
  void longest_name_of_a_release_leaves_room_for_those_of_its_services() throws Exception {
    Programs.require("helm");
    String longest = "nameOverride=" + "n".repeat(60);

    assertThat(parse(template("--set", longest)))
        .extracting(one -> one.getJsonObject("metadata").getString("name"))
        .allMatch(name -> name.length() <= 63);
  }

  @Test
  void manifests_fit_the_schemas_of_kubernetes() throws Exception {
    Programs.require("kubernetes-validate");
    List<String> command = new ArrayList<>(List.of("kubernetes-validate", "--strict"));
    try (Stream<Path> files = Files.list(MANIFESTS)) {
      files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .forEach(file -> command.add(file.toString()));
    }

    assertThat(Programs.run(command.toArray(String[]::new)))
        .contains("passed for resource deployment/infermux")
        .doesNotContain("ERROR");
  }

  @Test
  void kustomize_takes_all_manifests() throws Exception {
    Programs.require("kubectl");

    List<JsonObject> built = parse(Programs.run("kubectl", "kustomize", MANIFESTS.toString()));

    assertThat(built).hasSameSizeAs(manifests());
    assertThat(built)
        .allMatch(m -> "infermux".equals(m.getJsonObject("metadata").getString("namespace")));
  }

  private static JsonObject pod() throws IOException {
    return one("Deployment").getJsonObject("spec").getJsonObject("template").getJsonObject("spec");
  }

  private static JsonObject one(String kind) throws IOException {
    return of(kind, manifests()).get(0);
  }

  private static List<JsonObject> of(String kind, List<JsonObject> manifests) {
    return manifests.stream().filter(m -> kind.equals(m.getString("kind"))).toList();
  }

  private static List<JsonObject> manifests() throws IOException {
    List<JsonObject> manifests = new ArrayList<>();
    try (Stream<Path> files = Files.list(MANIFESTS)) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(".yaml") && !file.endsWith("kustomization.yaml")) {
          manifests.addAll(parse(Files.readString(file)));
        }
      }
    }
    return manifests;
  }

  private static List<JsonObject> parse(String yaml) {
    List<JsonObject> documents = new ArrayList<>();
    for (Object document : new Yaml().loadAll(yaml)) {
      documents.add(new JsonObject(io.vertx.core.json.Json.encode(document)));
    }
    return documents;
  }

  private static int seconds(String text) {
    return Integer.parseInt(text.replace("s", ""));
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
            List.of("helm", "template", "x", CHART.toString(), "--kube-version", "1.32.0"));
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }
}
