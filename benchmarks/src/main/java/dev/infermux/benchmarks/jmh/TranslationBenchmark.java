package dev.infermux.benchmarks.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.anthropic.AnthropicChat;
import dev.infermux.dialect.chat.ChatDialect;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.openai.OpenAiChat;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptProgress;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.RequestBody;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a call costs whose provider speaks another dialect: its request, and a chunk of a stream.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TranslationBenchmark {
  private static final String TEXT =
      "The checkout service returned 503s; \\\"connection pool exhausted\\\" is in the logs.\\n";
  private static final byte[] CHAT_CHUNK =
      """
      data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"gpt-4o-mini",\
      "choices":[{"index":0,"delta":{"content":" pool"},"finish_reason":null}]}

      """
          .getBytes(UTF_8);

  private final ChatDialect chat = new OpenAiChat();
  private final ChatDialect messages = new AnthropicChat(model -> 0);
  private final OpenAiRequestBody body = request();
  private final FrameWriter out = Framing.SSE.writer();
  private final FrameSplitter toChat = stream(chat, chat);
  private final FrameSplitter toMessages = stream(chat, messages);

  /** 10 KB of a conversation with a tool, from chat to messages, the scan before it excluded. */
  @Benchmark
  public RequestBody requestToMessages() {
    Losses losses = new Losses();
    return messages.request(chat.conversation(body, losses), "claude-sonnet-5", losses);
  }

  /** The same, written as a chat again: what a call to a provider of OpenAI's costs. */
  @Benchmark
  public RequestBody requestToChat() {
    Losses losses = new Losses();
    return chat.request(chat.conversation(body, losses), "gpt-4o-mini", losses);
  }

  @Benchmark
  public @Nullable Buffer chunkToChat() {
    toChat.feed(CHAT_CHUNK, 0, CHAT_CHUNK.length);
    return out.take();
  }

  @Benchmark
  public @Nullable Buffer chunkToMessages() {
    toMessages.feed(CHAT_CHUNK, 0, CHAT_CHUNK.length);
    return out.take();
  }

  private FrameSplitter stream(ChatDialect from, ChatDialect to) {
    ChatEventReader reader = from.reader();
    ChatEventWriter writer = to.writer(attempt());
    return Framing.SSE.splitter(frame -> reader.read(frame, event -> writer.write(event, out)));
  }

  private Attempt attempt() {
    Cancellation cancellation = new Cancellation();
    Call call =
        new Call(
            "req-1",
            Operation.CHAT,
            body,
            null,
            Attribution.ANONYMOUS,
            null,
            CallerHeaders.NONE,
            Origin.LIBRARY,
            cancellation,
            1_700_000_000_000_000_000L,
            0,
            Call.NO_DEADLINE,
            Call.UNHEARD,
            Call.UNKEPT);
    return new Attempt(
        call, "gpt-4o-mini", null, 1, cancellation, AttemptProgress.UNHEARD, false, true);
  }

  private static OpenAiRequestBody request() {
    String prompt = TEXT.repeat(8 * 1024 / TEXT.length());
    String json =
        """
        {"model":"gpt-4o-mini","messages":[{"role":"system","content":"Answer briefly."},\
        {"role":"user","content":"%s"},{"role":"assistant","content":null,"tool_calls":[\
        {"id":"call_1","type":"function","function":{"name":"logs","arguments":"{\\"since\\":60}"}}]},\
        {"role":"tool","tool_call_id":"call_1","content":"%s"}],"tools":[{"type":"function",\
        "function":{"name":"logs","description":"Reads logs","parameters":{"type":"object",\
        "properties":{"since":{"type":"integer"}}}}}],"max_tokens":256,"stream":true}\
        """
            .formatted(prompt, TEXT.repeat(20));
    return OpenAiRequestBody.scan(Operation.CHAT, json.getBytes(UTF_8));
  }
}
