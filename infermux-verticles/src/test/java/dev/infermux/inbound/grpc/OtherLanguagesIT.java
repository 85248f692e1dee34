package dev.infermux.inbound.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.testing.MockAnswer;
import dev.infermux.v1.InferMuxProto;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients of other languages with stubs from infermux.proto. Each is skipped where its language is
 * not installed, or its libraries cannot be fetched for the first run.
 */
@ExtendWith(VertxExtension.class)
class OtherLanguagesIT {

  private static final String PROTO = "infermux/v1/infermux.proto";
  private static final long SECONDS = 300;

  @Test
  void client_in_go_works_with_generated_stubs(Vertx vertx) throws IOException {
    assumeTrue(found("go", "version"), "needs Go on the PATH");
    Path home = home("go", "go.mod", "go.sum", "main.go");
    Run fetched = run(home, Map.of(), new byte[0], "go", "mod", "download");
    assumeTrue(fetched.ok(), "the modules cannot be fetched: " + fetched.output());
    generate(home, "protoc-gen-go");
    generate(home, "protoc-gen-go-grpc");

    checked(vertx, home, "go", "run", ".");
  }

  @Test
  void client_in_python_works_with_generated_stubs(Vertx vertx) throws IOException {
    assumeTrue(found("python3", "--version"), "needs Python on the PATH");
    Path home = home("python", "requirements.txt", "check.py");
    if (!Files.exists(home.resolve("installed"))) {
      // As .ci/clients does it: a folder takes less time to make than an environment.
      String[] install = {
        "python3",
        "-m",
        "pip",
        "install",
        "-q",
        "--only-binary",
        ":all:",
        "--no-compile",
        "--root-user-action",
        "ignore",
        "--target",
        "packages",
        "-r",
        "requirements.txt"
      };
      Run pip = run(home, Map.of(), new byte[0], install);
      assumeTrue(pip.ok(), "the packages cannot be fetched: " + pip.output());
      Files.createFile(home.resolve("installed"));
    }

    String packages = "PYTHONPATH=" + home.resolve("packages").toAbsolutePath();
    checked(vertx, home, "env", packages, "python3", "check.py");
  }

  /** Runs a client whose calls of gpt-4o fail twice, and of gpt-4o-mini hang. */
  private static void checked(Vertx vertx, Path home, String... client) throws IOException {
    try (GrpcGateway gateway = GrpcGateway.start(vertx)) {
      MockAnswer down = MockAnswer.json(500, "{\"error\":{\"message\":\"down\"}}");
      int[] calls = {0};
      gateway
          .gateway()
          .upstream()
          .always(
              request -> {
                String model = new JsonObject(request.body()).getString("model");
                if (model.equals(Gateway.MODEL)) {
                  return MockAnswer.silence();
                }
                return ++calls[0] < 3 ? down : MockAnswer.json(Texts.CHAT_ANSWER);
              });
      Map<String, String> environment =
          Map.of(
              "INFERMUX_GRPC",
              gateway.target(),
              "INFERMUX_PROTO",
              Path.of("src/main/proto").toAbsolutePath().toString());

      Run checks = run(home, environment, new byte[0], client);

      assertThat(checks.ok()).as(checks.output()).isTrue();
      assertThat(checks.output()).contains("ok infer", "ok deadline").doesNotContain("FAILED");
    }
  }

  /** Asks a plugin of protoc for its files, as protoc does. */
  private static void generate(Path home, String plugin) throws IOException {
    FileDescriptorProto file = InferMuxProto.getDescriptor().toProto();
    CodeGeneratorRequest request =
        CodeGeneratorRequest.newBuilder()
            .addFileToGenerate(PROTO)
            .setParameter("paths=source_relative,M" + PROTO + "=infermuxcheck/infermux/v1")
            .addProtoFile(file)
            .build();
    Run generated = run(home, Map.of(), request.toByteArray(), "go", "tool", plugin);
    assertThat(generated.ok()).as(generated.output()).isTrue();
    CodeGeneratorResponse response = CodeGeneratorResponse.parseFrom(generated.bytes());
    assertThat(response.getError()).isEmpty();
    for (CodeGeneratorResponse.File source : response.getFileList()) {
      Path path = home.resolve(source.getName());
      Files.createDirectories(path.getParent());
      Files.writeString(path, source.getContent());
    }
  }

  private static Path home(String language, String... files) throws IOException {
    Path home = Files.createDirectories(Path.of("target", "grpc-" + language));
    for (String file : files) {
      Files.write(
          home.resolve(file), Files.readAllBytes(Path.of("src/test", language).resolve(file)));
    }
    return home;
  }

  private static boolean found(String... command) {
    try {
      return run(Path.of("."), Map.of(), new byte[0], command).ok();
    } catch (IOException missing) {
      return false;
    }
  }

  private static Run run(
      Path directory, Map<String, String> environment, byte[] in, String... command)
      throws IOException {
    Path out = Files.createTempFile("infermux", ".out");
    Path err = Files.createTempFile("infermux", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (var input = process.getOutputStream()) {
      input.write(in);
    } catch (IOException closed) {
      // A program that reads nothing.
    }
    try {
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      return new Run(
          ended && process.exitValue() == 0, Files.readAllBytes(out), Files.readString(err));
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
      for (Path file : List.of(out, err)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private record Run(boolean ok, byte[] bytes, String err) {
    String output() {
      return new String(bytes, UTF_8) + err;
    }
  }
}
