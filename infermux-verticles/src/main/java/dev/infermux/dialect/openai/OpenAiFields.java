package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Names of the fields of answers and chunks, as a cursor compares them. */
final class OpenAiFields {

  static final byte[] ID = name("id");
  static final byte[] OBJECT = name("object");
  static final byte[] CREATED = name("created");
  static final byte[] MODEL = name("model");
  static final byte[] CHOICES = name("choices");
  static final byte[] USAGE = name("usage");
  static final byte[] SERVICE_TIER = name("service_tier");
  static final byte[] X_GROQ = name("x_groq");
  static final byte[] ERROR = name("error");
  static final byte[] INDEX = name("index");
  static final byte[] DELTA = name("delta");
  static final byte[] MESSAGE = name("message");
  static final byte[] TEXT = name("text");
  static final byte[] LOGPROBS = name("logprobs");
  static final byte[] ROLE = name("role");
  static final byte[] CONTENT = name("content");
  static final byte[] TOOL_CALLS = name("tool_calls");
  static final byte[] FINISH_REASON = name("finish_reason");
  static final byte[] TYPE = name("type");
  static final byte[] FUNCTION = name("function");
  static final byte[] NAME = name("name");
  static final byte[] ARGUMENTS = name("arguments");
  static final byte[] DATA = name("data");
  static final byte[] EMBEDDING = name("embedding");
  static final byte[] ENCODING_FORMAT = name("encoding_format");
  static final byte[] PROMPT_TOKENS = name("prompt_tokens");
  static final byte[] COMPLETION_TOKENS = name("completion_tokens");
  static final byte[] TOTAL_TOKENS = name("total_tokens");

  private OpenAiFields() {}

  private static byte[] name(String ascii) {
    return ascii.getBytes(US_ASCII);
  }
}
