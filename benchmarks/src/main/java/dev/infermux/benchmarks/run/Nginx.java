package dev.infermux.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * nginx as a plain reverse proxy: one worker, connections kept, nothing buffered, nothing logged.
 */
final class Nginx implements AutoCloseable {
  private static final String CONFIG =
      """
      worker_processes 1;
      daemon off;
      pid nginx.pid;
      error_log stderr error;
      worker_rlimit_nofile 20000;
      events { worker_connections 19000; }
      http {
        access_log off;
        tcp_nodelay on;
        keepalive_requests 1000000000;
        keepalive_timeout 300s;
        client_max_body_size 20m;
        client_body_buffer_size 256k;
        client_body_temp_path client;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        upstream provider {
          server 127.0.0.1:%d;
          keepalive 6000;
          keepalive_requests 1000000000;
          keepalive_timeout 300s;
        }
        server {
          listen 127.0.0.1:%d backlog=8192;
          location / {
            proxy_pass http://provider;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
            proxy_read_timeout 300s;
          }
        }
      }
      """;

  private final Launched launched;
  private final int port;

  private Nginx(Launched launched, int port) {
    this.launched = launched;
    this.port = port;
  }

  /** Where it is installed: on the path, or where distributions put it for root. */
  static Optional<Path> executable() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(":", -1)), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Nginx start(Path executable, int mockPort, Options options) throws IOException {
    int port = Ports.free();
    Path home = Files.createDirectories(options.directory().resolve("nginx"));
    Files.writeString(home.resolve("nginx.conf"), CONFIG.formatted(mockPort, port));
    List<String> command =
        List.of(executable.toString(), "-p", home + "/", "-c", home + "/nginx.conf");
    return new Nginx(
        Launched.logged(options.pinning().pinned(command), home.resolve("nginx.log")), port);
  }

  Target target() {
    return new Target(Target.NGINX, port, launched.handle());
  }

  @Override
  public void close() {
    launched.close();
  }
}
