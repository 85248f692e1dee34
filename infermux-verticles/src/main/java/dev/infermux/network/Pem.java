package dev.infermux.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file. */
record Pem(Path file, List<Block> blocks) {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** Headers in front of the content, as openssl wrote them before PKCS 8: a line each. */
  private static final Pattern HEADERS = Pattern.compile("(?:\\s*[A-Za-z0-9-]+:[^\\n]*\\n)+");

  private static final long LARGEST = 8 << 20;

  /**
   * One block.
   *
   * @param type such as {@code CERTIFICATE}
   * @param der encrypted where RFC 1421's headers say so: then the type begins with {@code
   *     ENCRYPTED}, as that of PKCS 8 does
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Block(String type, byte[] der) {}

  /**
   * Reads a file.
   *
   * @throws UnusableFile when there is none, or no PEM in it
   */
  static Pem read(Path file) {
    List<Block> blocks = new ArrayList<>();
    Matcher found = BLOCK.matcher(text(file));
    while (found.find()) {
      try {
        blocks.add(block(found.group(1), found.group(2)));
      } catch (IllegalArgumentException notBase64) {
        throw UnusableFile.wrong(file, "has a " + found.group(1) + " that is not base64");
      }
    }
    if (blocks.isEmpty()) {
      throw UnusableFile.wrong(file, "has no PEM in it (\"-----BEGIN …-----\")");
    }
    return new Pem(file, blocks);
  }

  private static Block block(String type, String content) {
    Matcher headers = HEADERS.matcher(content);
    boolean some = headers.lookingAt();
    String base64 = some ? content.substring(headers.end()) : content;
    boolean encrypted = some && headers.group().contains("ENCRYPTED");
    return new Block(
        encrypted ? "ENCRYPTED " + type : type, Base64.getMimeDecoder().decode(base64));
  }

  private static String text(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw UnusableFile.wrong(file, "is a directory");
      }
      SpecialFile.refuse(file);
      if (Files.size(file) > LARGEST) {
        throw UnusableFile.wrong(file, "is larger than 8 MiB");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw UnusableFile.missing(file, "does not exist");
    } catch (IOException e) {
      throw UnusableFile.missing(file, "cannot be read: " + CauseText.of(e));
    }
  }

  /** Those that a certificate is in. */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.type().equals("CERTIFICATE") || block.type().equals("X509 CERTIFICATE")) {
        certificates.add(certificate(block));
      }
    }
    if (certificates.isEmpty()) {
      throw UnusableFile.wrong(file, "has no certificate in it");
    }
    return certificates;
  }

  private X509Certificate certificate(Block block) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.der()));
    } catch (CertificateException e) {
      throw UnusableFile.wrong(file, "has a certificate that cannot be read");
    }
  }

  /** Why this certificate counts for nothing now; empty = it does count. */
  static Optional<String> outOfDate(X509Certificate certificate) {
    try {
      certificate.checkValidity();
      return Optional.empty();
    } catch (CertificateExpiredException e) {
      return Optional.of("expired on " + certificate.getNotAfter().toInstant());
    } catch (CertificateNotYetValidException e) {
      return Optional.of("is not valid before " + certificate.getNotBefore().toInstant());
    }
  }
}
