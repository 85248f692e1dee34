package dev.infermux.inference;

/** The body of a request that was refused before it was understood: nothing is known of it. */
final class UnreadBody implements RequestBody, Dialect {

  static final RequestBody INSTANCE = new UnreadBody();

  private static final BodyFacts FACTS =
      new BodyFacts("", false, false, -1, 1, 1, 1, 0, 0, 0, 0, "");

  @Override
  public Dialect dialect() {
    return this;
  }

  @Override
  public String id() {
    return "";
  }

  @Override
  public byte[] bytes() {
    return new byte[0];
  }

  @Override
  public BodyFacts facts() {
    return FACTS;
  }

  @Override
  public RequestBody withModel(String model) {
    throw unread();
  }

  @Override
  public RequestBody withMaxTokens(long most) {
    throw unread();
  }

  @Override
  public RequestBody continuing(String text) {
    throw unread();
  }

  @Override
  public byte[] bytesFor(String model) {
    throw unread();
  }

  @Override
  public void visitPrompt(PromptVisitor visitor) {}

  @Override
  public StreamTranscript transcript() {
    throw unread();
  }

  @Override
  public ModelRewriter renaming(String name) {
    throw unread();
  }

  private static IllegalStateException unread() {
    return new IllegalStateException("a request that was refused unread is not sent");
  }
}
