package dev.infermux.dialect.anthropic;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Names of the dialect's fields, as a cursor compares them. */
final class MessageFields {

  static final byte[] TYPE = name("type");
  static final byte[] ID = name("id");
  static final byte[] MODEL = name("model");
  static final byte[] MESSAGE = name("message");
  static final byte[] MESSAGES = name("messages");
  static final byte[] SYSTEM = name("system");
  static final byte[] TOOLS = name("tools");
  static final byte[] STREAM = name("stream");
  static final byte[] MAX_TOKENS = name("max_tokens");
  static final byte[] CONTAINER = name("container");
  static final byte[] SERVICE_TIER = name("service_tier");
  static final byte[] SPEED = name("speed");
  static final byte[] ROLE = name("role");
  static final byte[] CONTENT = name("content");
  static final byte[] TEXT = name("text");
  static final byte[] THINKING = name("thinking");
  static final byte[] SIGNATURE = name("signature");
  static final byte[] SOURCE = name("source");
  static final byte[] DATA = name("data");
  static final byte[] FILE_ID = name("file_id");
  static final byte[] URL = name("url");
  static final byte[] MEDIA_TYPE = name("media_type");
  static final byte[] NAME = name("name");
  static final byte[] INPUT = name("input");
  static final byte[] IS_ERROR = name("is_error");
  static final byte[] INDEX = name("index");
  static final byte[] DELTA = name("delta");
  static final byte[] PARTIAL_JSON = name("partial_json");
  static final byte[] CONTENT_BLOCK = name("content_block");
  static final byte[] STOP_REASON = name("stop_reason");
  static final byte[] STOP_SEQUENCE = name("stop_sequence");
  static final byte[] STOP_DETAILS = name("stop_details");
  static final byte[] EXPLANATION = name("explanation");
  static final byte[] USAGE = name("usage");
  static final byte[] ERROR = name("error");
  static final byte[] INPUT_TOKENS = name("input_tokens");

  private MessageFields() {}

  private static byte[] name(String ascii) {
    return ascii.getBytes(US_ASCII);
  }
}
