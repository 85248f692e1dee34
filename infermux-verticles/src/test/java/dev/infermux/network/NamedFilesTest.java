package dev.infermux.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.infermux.testing.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedFilesTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "server.pem, server.key",
    "server.pem, server-sec1.key",
    "rsa.pem, rsa-pkcs1.key",
    "rsa.pem, rsa.key",
  })
  void a_certificate_and_its_key_belong_together_in_every_form(String certificate, String key) {
    assertThatCode(
            () -> {
              CertifiedKey.checkCertificate(TestTls.file(certificate));
              CertifiedKey.checkKey(TestTls.file(key));
              CertifiedKey.checkPair(TestTls.file(certificate), TestTls.file(key));
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "server.pem, expired.key",
    "server.pem, rsa.key",
    "rsa.pem, server.key",
    "ca.pem, server.key",
  })
  void a_key_of_another_certificate_is_told(String certificate, String key) {
    assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(() -> CertifiedKey.checkPair(TestTls.file(certificate), TestTls.file(key)))
        .withMessageContaining("is not the key of the first certificate in")
        .matches(unusable -> !unusable.isMissing());
  }

  @ParameterizedTest
  @CsvSource({
    "encrypted.key, has an encrypted key",
    "ed25519.key, neither RSA nor EC",
    "server.pem, has no private key in it",
    "README.md, has no PEM in it",
  })
  void a_key_that_cannot_be_used_says_why(String file, String why) {
    assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(() -> CertifiedKey.checkKey(TestTls.file(file)))
        .withMessageContaining(why)
        .matches(unusable -> !unusable.isMissing());
  }

  @ParameterizedTest
  @CsvSource({
    "expired.pem, expired on 2020-02-01T00:00:00Z",
    "server.key, has no certificate in it",
    "README.md, has no PEM in it",
  })
  void a_certificate_that_cannot_be_used_says_why(String file, String why) {
    assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(() -> CertifiedKey.checkCertificate(TestTls.file(file)))
        .withMessageContaining(why);
    assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(() -> CaFile.read(TestTls.file(file)))
        .withMessageContaining(why);
  }

  @Test
  void a_file_that_is_not_there_is_missing_and_a_directory_is_wrong() {
    UnusableFile absent =
        catchThrowableOfType(UnusableFile.class, () -> CaFile.read(directory.resolve("no.pem")));
    UnusableFile other = catchThrowableOfType(UnusableFile.class, () -> CaFile.read(directory));

    assertThat(absent.isMissing()).isTrue();
    assertThat(absent).hasMessageEndingWith("no.pem does not exist");
    assertThat(other.isMissing()).isFalse();
    assertThat(other).hasMessageEndingWith("is a directory");
  }

  @Test
  void a_pass_phrase_in_the_form_before_pkcs_8_is_told_as_one() throws IOException {
    String plain = Files.readString(TestTls.file("rsa-pkcs1.key"));
    String headers = "Proc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-256-CBC,672B91876A72EDD0\r\n\r\n";
    Path file =
        Files.writeString(
            directory.resolve("old.key"), plain.replaceFirst("KEY-----\n", "$0" + headers));

    assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(() -> CertifiedKey.checkKey(file))
        .withMessageContaining("has an encrypted key");
  }

  @Test
  void a_chain_in_the_wrong_order_is_told_as_one() throws IOException {
    String authority = Files.readString(TestTls.file("ca.pem"));
    String own = Files.readString(TestTls.file("server.pem"));
    Path chain = Files.writeString(directory.resolve("chain.pem"), authority + own);

    assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(() -> CertifiedKey.checkPair(chain, TestTls.file("server.key")))
        .withMessageEndingWith("but of a later one: the server's own stands first");
  }

  @Test
  void links_are_followed_to_a_file_that_is_not_there_yet_and_not_in_circles() throws IOException {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Path data = Files.createSymbolicLink(directory.resolve("data"), Path.of("disk"));
    Path link = Files.createSymbolicLink(directory.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(directory.resolve("b"), data.resolve("state"));
    Path circle = Files.createSymbolicLink(directory.resolve("c"), Path.of("c"));

    assertThat(LinkedFile.of(link)).isEqualTo(data.resolve("state"));
    assertThat(LinkedFile.of(disk.resolve("state"))).isEqualTo(disk.resolve("state"));
    assertThat(LinkedFile.of(circle)).isEqualTo(circle);
  }

  @Test
  void a_damaged_file_is_wrong_wherever_it_is_cut() throws IOException {
    String whole = Files.readString(TestTls.file("server.pem"));
    String key = Files.readString(TestTls.file("server-sec1.key"));
    for (int i = 0; i < whole.length() - 2; i += 7) {
      Path file = Files.writeString(directory.resolve("cut.pem"), whole.substring(0, i));
      assertThatExceptionOfType(UnusableFile.class)
          .isThrownBy(() -> CertifiedKey.checkCertificate(file));
    }
    String body = key.substring(key.indexOf('\n') + 1, key.lastIndexOf("\n-----END"));
    byte[] der = Base64.getMimeDecoder().decode(body);
    for (int i = 0; i < der.length; i++) {
      String cut = Base64.getMimeEncoder().encodeToString(Arrays.copyOf(der, i));
      Path file = Files.writeString(directory.resolve("cut.key"), key.replace(body, cut));
      assertThatExceptionOfType(UnusableFile.class).isThrownBy(() -> CertifiedKey.checkKey(file));
    }
  }

  @Test
  void a_bundle_is_read_with_the_words_between_its_certificates() throws IOException {
    String expired = Files.readString(TestTls.file("expired.pem"));
    String authority = Files.readString(TestTls.file("ca.pem"));
    Path bundle =
        Files.writeString(
            directory.resolve("bundle.pem"),
            "# Old one\r\n" + expired + "\n# Ours: Größe\n" + authority.replace("\n", "\r\n"));

    assertThatCode(() -> CaFile.read(bundle)).doesNotThrowAnyException();
  }
}
