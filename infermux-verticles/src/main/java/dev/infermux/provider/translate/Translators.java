package dev.infermux.provider.translate;

import dev.infermux.dialect.chat.ChatSide;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Call;
import dev.infermux.spi.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All translations there are. Immutable.
 *
 * @param sides the dialects of chats, the first that a provider speaks being what it is asked in
 * @param others translations of what is no chat, the first that fits counts
 */
public record Translators(List<ChatSide> sides, List<SpecialTranslator> others) {

  public Translators {
    sides = List.copyOf(sides);
    others = List.copyOf(others);
  }

  /** A translation of what is no chat. */
  public interface SpecialTranslator extends Translator {

    /** Whether it can make of this call something that the provider speaks. */
    boolean fits(Call call, Provider provider);
  }

  /** A translation of chats to be preferred, as one of the others, to the one that is found. */
  public static SpecialTranslator preferred(ChatSide caller, ChatSide provider) {
    return new ChatTranslator(caller, provider);
  }

  /** What makes of this attempt something that the provider speaks; null = nothing does. */
  @Nullable Translator between(Attempt attempt, Provider provider) {
    Call call = attempt.call();
    for (SpecialTranslator other : others) {
      if (other.fits(call, provider)) {
        return other;
      }
    }
    ChatSide caller = caller(call);
    ChatSide spoken = spoken(provider, attempt.model());
    return caller == null || spoken == null ? null : new ChatTranslator(caller, spoken);
  }

  private @Nullable ChatSide caller(Call call) {
    for (ChatSide side : sides) {
      if (side.reads(call.body().dialect(), call.operation())) {
        return side;
      }
    }
    return null;
  }

  private @Nullable ChatSide spoken(Provider provider, String model) {
    for (ChatSide side : sides) {
      if (provider.speaks(side.dialect(), side.operation(), model)) {
        return side;
      }
    }
    return null;
  }
}
