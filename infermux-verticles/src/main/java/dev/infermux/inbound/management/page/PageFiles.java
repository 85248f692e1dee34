package dev.infermux.inbound.management.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * All files of the page, read and compressed once. Their addresses hold a digest of all of them, so
 * that a browser may keep each for good. Immutable.
 */
public final class PageFiles {

  /** Stands in the document where the digest belongs. */
  private static final String DIGEST_MARK = "{{digest}}";

  private static final String OWN = "/dev/infermux/page/";
  private static final String PLOTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final Map<String, String> SOURCES = sources();

  private final String digest;
  private final PageFile document;
  private final Map<String, PageFile> files;

  private PageFiles(String digest, PageFile document, Map<String, PageFile> files) {
    this.digest = digest;
    this.document = document;
    this.files = files;
  }

  private static Map<String, String> sources() {
    Map<String, String> sources = new TreeMap<>();
    for (String name :
        new String[] {
          "page.css",
          "page.js",
          "api.js",
          "live.js",
          "dom.js",
          "format.js",
          "chart.js",
          "working.js",
          "cost.js",
          "calls.js",
          "route.js"
        }) {
      sources.put(name, OWN + name);
    }
    sources.put("uPlot.js", PLOTS + "uPlot.iife.min.js");
    sources.put("uPlot.css", PLOTS + "uPlot.min.css");
    return sources;
  }

  /** Reads them from the class path: takes some milliseconds, so not on an event loop. */
  public static PageFiles read() {
    Map<String, byte[]> read = new TreeMap<>();
    SOURCES.forEach((name, source) -> read.put(name, bytes(source)));
    byte[] index = bytes(OWN + "index.html");
    MessageDigest sha = sha256();
    read.values().forEach(sha::update);
    sha.update(index);
    String digest = HexFormat.of().formatHex(sha.digest(), 0, 8);
    Map<String, PageFile> files = new TreeMap<>();
    read.forEach((name, bytes) -> files.put(name, file(type(name), bytes)));
    byte[] document = new String(index, UTF_8).replace(DIGEST_MARK, digest).getBytes(UTF_8);
    return new PageFiles(digest, file("text/html; charset=utf-8", document), files);
  }

  /** Of all files: another one when any of them is another. */
  public String digest() {
    return digest;
  }

  public PageFile document() {
    return document;
  }

  /** Null when there is none. */
  public @Nullable PageFile named(String name) {
    return files.get(name);
  }

  /** What a browser fetches to show the page, compressed. */
  public int compressedBytes() {
    return document.gzip().length()
        + files.values().stream().mapToInt(file -> file.gzip().length()).sum();
  }

  private static String type(String name) {
    return name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
  }

  private static PageFile file(String type, byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PageFile(type, Buffer.buffer(bytes), Buffer.buffer(packed.toByteArray()));
  }

  private static byte[] bytes(String resource) {
    try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + ": not on the class path (expected: it is)");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
