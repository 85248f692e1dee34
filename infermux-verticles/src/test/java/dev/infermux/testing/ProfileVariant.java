package dev.infermux.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One way in which servers stream, and what becomes of it: {@code wire/openai/profile.txt}.
 *
 * @param sent what the provider sends, in words
 * @param got what the caller gets, in words
 * @param options in brackets
 * @param provider the bytes of the provider
 * @param caller the bytes of the caller, up to an error
 */
public record ProfileVariant(
    String sent, String got, String options, String provider, String caller, boolean fails) {

  private static final String HEAD =
      "{\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"m-1\"";
  private static final String COMPLETION =
      "{\"id\":\"c-1\",\"object\":\"text_completion\",\"created\":1700000000,\"model\":\"m-1\"";

  /** All of them, in order. */
  public static Stream<ProfileVariant> all() {
    List<ProfileVariant> all = new ArrayList<>();
    List<String> block = new ArrayList<>();
    for (String line : Wire.text("openai/profile.txt").lines().toList()) {
      if (line.startsWith("== ") && !block.isEmpty()) {
        all.add(of(block));
        block.clear();
      }
      if (!line.isBlank() && !line.startsWith("#")) {
        block.add(line);
      }
    }
    all.add(of(block));
    return all.stream();
  }

  private static ProfileVariant of(List<String> block) {
    String[] title = block.get(0).substring(3).split(" \\| ", 2);
    int bracket = title[0].endsWith("]") ? title[0].lastIndexOf(" [") : title[0].length();
    StringBuilder provider = new StringBuilder();
    StringBuilder caller = new StringBuilder();
    boolean fails = false;
    for (String line : block.subList(1, block.size())) {
      if (line.startsWith(">! ")) {
        provider.append(line.substring(3).replace("\\n", "\n"));
      } else if (line.startsWith("> ")) {
        provider.append(event(line.substring(2)));
      } else if (line.equals("< =")) {
        caller.append(provider);
      } else if (line.equals("< error")) {
        fails = true;
      } else {
        caller.append(event(line.substring(2)));
      }
    }
    return new ProfileVariant(
        title[0].substring(0, bracket),
        title[1],
        title[0].substring(bracket),
        provider.toString(),
        caller.toString(),
        fails);
  }

  private static String event(String text) {
    String json = text.replace("{H", HEAD).replace("{C", COMPLETION);
    if (text.startsWith("@")) {
      String[] parts = text.substring(1).split("\\|(?=[^|]*$)", 2);
      String reason = parts.length > 1 ? parts[1] : "null";
      json =
          HEAD
              + ",\"choices\":[{\"index\":0,\"delta\":"
              + parts[0]
              + ",\"finish_reason\":"
              + reason
              + "}]}";
    }
    return "data: " + json + "\n\n";
  }

  /** The call that is answered so. */
  public TestCall call() {
    boolean completion = options.contains("completion");
    String usage = options.contains("usage") ? ",\"stream_options\":{\"include_usage\":true}" : "";
    String choices = options.contains("n=2") ? ",\"n\":2" : "";
    String prompt =
        completion ? "\"prompt\":\"x\"" : "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";
    return TestCall.of(
        completion ? Operation.COMPLETION : Operation.CHAT,
        "{\"model\":\"gpt-4o-mini\",\"stream\":true" + choices + usage + "," + prompt + "}");
  }

  /** How many choices must have ended. */
  public int choices() {
    return options.contains("n=2") ? 2 : 1;
  }

  public byte[] bytes() {
    return provider.getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return sent + options;
  }
}
